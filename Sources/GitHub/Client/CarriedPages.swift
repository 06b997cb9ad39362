import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization

/// Pages whose details did not fill a call: kept until the same questions come again with others, so that no call is half empty.
///
/// The caller asks at once again for what was left unanswered; what it does not ask for then is thrown away.
final class CarriedPages: Sendable {
  private let kept = Mutex<[String: any Sendable]>([:])

  /// Keeps the pages of one list; there is room for one set of each list.
  func keep<Node>(_ pages: PendingPages<Node>, of list: String) { kept.withLock { $0[list] = pages } }

  /// Returns what was kept for these questions, and forgets the rest.
  func take<Node: ListedWire>(_ list: String, for requests: ArraySlice<RepositoryPageRequest>) -> PendingPages<Node> {
    guard var pages = kept.withLock({ $0.removeValue(forKey: list) }) as? PendingPages<Node> else { return PendingPages() }
    let wanted = Set(requests.map(PageKey.init))
    pages.answers = pages.answers.filter { wanted.contains($0.key) }
    let names = pages.answers.values.reduce(into: Set<String>()) { $0.formUnion($1.items) }
    pages.wanted.removeAll { !names.contains($0.name) }
    return pages
  }
}

/// What tells a question from the others.
struct PageKey: Hashable, Sendable {
  var repository: RepositoryID
  var since: Date
  var openOnly: Bool
  var after: Cursor?

  init(_ request: RepositoryPageRequest) {
    (repository, since, openOnly, after) = (request.repository.id, request.since, request.openOnly, request.after)
  }
}

/// Pages that were answered, with what still has to be asked for their items.
struct PendingPages<Node: ListedWire>: Sendable {
  /// A page with the names of its items that need details.
  struct Page: Sendable {
    var answer: RepositoryLists.Answered<Node>
    var window: Result<WindowPage<Node>, IntegrationError>
    var items: Set<String>
  }
  var answers: [PageKey: Page] = [:]
  var wanted: [DetailItem] = []
  var details = DetailFetch.Details()

  /// Adds an answer, and what has to be fetched for its items.
  mutating func add(
    _ answer: RepositoryLists.Answered<Node>, _ kind: RepositoryListKind, missing: (Node, Repository) -> [DetailItem]
  ) {
    let window = WindowPage.read(answer, noun: kind.noun)
    var items: [DetailItem] = []
    if answer.level < kind.selections.count - 1, case .success(let page) = window {
      items = page.items.flatMap { missing($0.node, answer.request.repository) }
    }
    answers[PageKey(answer.request)] = Page(answer: answer, window: window, items: Set(items.map(\.name)))
    wanted += items
  }

  /// The pages of the first of the questions, as far as nothing is missing of them.
  func complete(_ requests: ArraySlice<RepositoryPageRequest>) -> [Page] {
    let open = Set(wanted.map(\.name))
    var pages: [Page] = []
    for request in requests {
      guard let page = answers[PageKey(request)], page.items.isDisjoint(with: open) else { break }
      pages.append(page)
    }
    return pages
  }

  mutating func remove(_ pages: [Page]) {
    for page in pages { answers[PageKey(page.answer.request)] = nil }
    let left = answers.values.compactMap { try? $0.window.get() }
    details.keep(Set(left.flatMap { $0.items.map(\.node.id) }))
  }
}
