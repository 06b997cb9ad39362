import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryLists {
  /// The most calls for lists before what they did not bring is asked for: what is answered at once is lost at once when a run is killed.
  private static var listCalls: Int { 8 }
  /// How full the last call for details has to be after the first list; a twentieth less after each further one.
  private static var wantedFill: Double { 0.98 }

  /// Answers requests with whole items: a page of each list, then the lists inside of the items that the page did not bring.
  ///
  /// GitHub charges a call that is half empty like a full one, so further lists are asked for until their details fill calls.
  ///
  /// - Parameters:
  ///   - missing: what has to be fetched for an item.
  ///   - map: makes the page of what was found.
  func answer<Node: ListedWire, Element: Sendable>(
    _ requests: ArraySlice<RepositoryPageRequest>, _ kind: RepositoryListKind, limit: WorkLimit, details: DetailFetch,
    missing: (Node, Repository) -> [DetailItem],
    map: (WindowPage<Node>, Answered<Node>, DetailFetch.Details) -> Page<Element>
  ) async throws -> [RepositoryPage<Element>] {
    let skeleton = kind.selections.count - 1
    var answers: [Answered<Node>] = []
    var windows: [Result<WindowPage<Node>, IntegrationError>] = []
    var wanted: [DetailItem] = []
    for call in 0..<Self.listCalls {
      let rest = Array(requests.dropFirst(answers.count))
      let more: [Answered<Node>]
      do {
        more = try await pages(rest, kind, limit: limit, of: Node.self)
      } catch is IntegrationError where !answers.isEmpty {
        // What is answered is worth having; the caller asks for the rest again, and hears why not.
        break
      }
      answers += more
      for answer in more {
        windows.append(WindowPage.read(answer, noun: kind.noun))
        guard answer.level < skeleton, case .success(let window) = windows.last else { continue }
        wanted += window.items.flatMap { missing($0.node, answer.request.repository) }
      }
      if answers.count == requests.count || details.fillsCalls(wanted, to: Self.wantedFill - Double(call) / 20) { break }
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
