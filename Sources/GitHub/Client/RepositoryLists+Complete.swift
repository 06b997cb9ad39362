import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryLists {
  /// The most calls for lists before what they did not bring is asked for: what is answered at once is lost at once when a run is killed.
  private static var listCalls: Int { 8 }

  /// Answers requests with whole items: a page of each list, then the lists inside of the items that the page did not bring.
  ///
  /// GitHub charges a call that is half empty like a full one, so what does not fill a call waits for the next answer.
  ///
  /// - Parameters:
  ///   - missing: what has to be fetched for an item.
  ///   - map: makes the page of what was found.
  func answer<Node: ListedWire, Element: Sendable>(
    _ requests: ArraySlice<RepositoryPageRequest>, _ kind: RepositoryListKind, limit: WorkLimit, details: DetailFetch,
    missing: (Node, Repository) -> [DetailItem],
    map: (WindowPage<Node>, Answered<Node>, DetailFetch.Details) -> Page<Element>
  ) async throws -> [RepositoryPage<Element>] {
    var pending: PendingPages<Node> = carried.take(kind.noun, for: requests)
    for _ in 0..<Self.listCalls {
      let rest = requests.filter { pending.answers[PageKey($0)] == nil }
      guard !rest.isEmpty else { break }
      do {
        for answer in try await pages(rest, kind, limit: limit, of: Node.self) { pending.add(answer, kind, missing: missing) }
      } catch let error as IntegrationError {
        // What is answered is worth having; the caller asks for the rest again, and hears why not.
        guard requests.first.map({ pending.answers[PageKey($0)] != nil }) ?? false else { throw error }
        break
      }
      guard pending.wanted.isEmpty || details.fillsCall(pending.wanted) else { continue }
      pending.wanted = try await details.fetch(pending.wanted, into: &pending.details, onlyFullCalls: true)
      if !pending.complete(requests).isEmpty { break }
    }
    if pending.complete(requests).isEmpty {
      pending.wanted = try await details.fetch(pending.wanted, into: &pending.details, onlyFullCalls: false)
    }
    let complete = pending.complete(requests)
    let found = pending.details
    pending.remove(complete)
    carried.keep(pending, of: kind.noun)
    let skeleton = kind.selections.count - 1
    return complete.map { page in
      let repository = page.answer.request.repository
      return RepositoryPage(
        repositoryID: repository.id,
        result: page.window.map { page.answer.level < skeleton ? map($0, page.answer, found) : $0.withoutItems(repository) })
    }
  }
}
