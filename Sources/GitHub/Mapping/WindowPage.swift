import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// The part of a page that lies in the window, and where the list goes on.
struct WindowPage<Node: ListedWire> {
  /// An item with its place on GitHub's page.
  struct Item {
    var index: Int
    var node: Node
  }
  private(set) var items: [Item] = []
  private(set) var next: Cursor?
  private(set) var gaps: [SourceGap] = []

  /// More pages of one list than this are not read.
  static var maximumPages: Int { 5000 }

  /// Reads a page whose newest items come first.
  init(_ list: ListWire<Node>, request: RepositoryPageRequest, position: PagePosition?, noun: String) {
    let nodes = list.nodes ?? []
    let unreadable = nodes.count { $0 == nil }
    if unreadable > 0 || list.nodes == nil {
      let what = list.nodes == nil ? "a page of \(noun)" : unreadable == 1 ? "one of the \(noun)" : "\(unreadable) \(noun)"
      gaps.append(SourceGap(what, of: request.repository, why: list.nodes == nil ? Advice.leftOut : Advice.unreadable))
    }
    var known: Set<String> = []
    for (index, node) in nodes.enumerated() {
      guard let node, node.listedAt.map({ $0 >= request.since }) ?? true, known.insert(node.id).inserted
      else { continue }
      items.append(Item(index: index, node: node))
    }
    let times = nodes.compactMap { $0?.listedAt }
    if let oldest = times.last, oldest < request.since { return }
    next = follow(list, request, position, times, noun)?.asCursor
  }

  private mutating func follow(
    _ list: ListWire<Node>, _ request: RepositoryPageRequest, _ position: PagePosition?, _ times: [Date], _ noun: String
  ) -> PagePosition? {
    guard list.pageInfo?.hasNextPage != false else { return nil }
    let page = (position?.page ?? 0) + 1
    if let position, list.nextCursor == position.cursor, position.size < PagePlan.maximumPageSize {
      // Rows that move down by more than a small page bring the same page again; a large one gets past them.
      return PagePosition(size: PagePlan.maximumPageSize, page: page, seen: position.seen, cursor: position.cursor)
    }
    var trouble: String?
    if list.nextCursor == nil { trouble = Advice.leftOut }
    if let next = list.nextCursor, next == position?.cursor { trouble = Advice.repeatedCursor }
    if page > Self.maximumPages { trouble = Advice.tooManyPages }
    guard trouble == nil, let cursor = list.nextCursor else {
      gaps.append(SourceGap("further \(noun)", of: request.repository, why: trouble ?? Advice.leftOut))
      return nil
    }
    let seen = (position?.seen ?? 0) + (list.nodes?.count ?? 0)
    let size = PageSizeEstimate.next(after: times, since: request.since, left: list.totalCount.map { $0 - seen })
    return PagePosition(size: size, page: page, seen: seen, cursor: cursor)
  }
}

extension WindowPage {
  /// An answer without anything, for what did not have to be asked.
  init() {}

  /// Reads an answer.
  static func read(
    _ answer: RepositoryLists.Answered<Node>, noun: String
  ) -> Result<Self, IntegrationError> {
    guard let list = answer.list else { return .success(Self()) }
    return list.map { WindowPage($0, request: answer.request, position: answer.position, noun: noun) }
  }

  /// The page with its items as gaps: they were too much for GitHub, and only the way past them is known.
  func withoutItems<Element>(_ repository: Repository) -> Page<Element> {
    let lost = items.map { SourceGap(what: "\(repository.name)\($0.node.label)", why: Advice.tooMuchAtOnce) }
    return Page([], next: next, gaps: gaps + lost)
  }
}
