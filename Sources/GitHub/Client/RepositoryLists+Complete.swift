import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryLists {
  /// Answers requests with whole items: a page of each list, then the lists inside of the items that the page did not bring.
  ///
  /// - Parameters:
  ///   - missing: what has to be fetched for an item.
  ///   - map: makes the page of what was found.
  func answer<Node: ListedWire, Element: Sendable>(
    _ requests: [RepositoryPageRequest], _ kind: RepositoryListKind, limit: WorkLimit, details: DetailFetch,
    missing: (Node, Repository) -> [DetailItem],
    map: (WindowPage<Node>, Answered<Node>, DetailFetch.Details) -> Page<Element>
  ) async throws -> [RepositoryPage<Element>] {
    let answers = try await pages(requests, kind, limit: limit, of: Node.self)
    let windows = answers.map { WindowPage.read($0, noun: kind.noun) }
    let skeleton = kind.selections.count - 1
    let wanted = zip(answers, windows).flatMap { answer, window in
      guard answer.level < skeleton, case .success(let window) = window else { return [] as [DetailItem] }
      return window.items.flatMap { missing($0.node, answer.request.repository) }
    }
    let found = try await details.fetch(wanted)
    return zip(answers, windows).map { answer, window in
      let repository = answer.request.repository
      return RepositoryPage(
        repositoryID: repository.id,
        result: window.map { answer.level < skeleton ? map($0, answer, found) : $0.withoutItems(repository) })
    }
  }
}
