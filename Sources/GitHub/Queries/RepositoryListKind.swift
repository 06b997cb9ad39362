import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// A list that every repository has: what to ask for, and what it costs.
struct RepositoryListKind: Sendable {
  /// What a person calls its items.
  var noun: String
  /// The type of an item.
  var type: String
  /// The field, with the arguments that a question brings.
  var field: @Sendable (RepositoryPageRequest) -> String
  /// What to ask of an item: everything first, then less and less, for items that are too much for GitHub. The last one
  /// only finds the way to the next item.
  var selections: [String]
  /// Which lists go first: those that take the most calls.
  var urgency = 0
  /// Connections nested in each item.
  var connectionsPerItem: Int
  /// The most items in one call, so that it ends within GitHub's ten seconds.
  var maximumItems: Int
  /// The most items to begin a list with.
  var usualFirstPage: Int
  /// The counted total of the list that is asked for.
  var total: @Sendable (RepositoryTotals.Counts, RepositoryPageRequest) -> Int?
  /// How many items of the list were counted in the window.
  var counted: @Sendable (RepositoryTotals.Counts, RepositoryPageRequest) -> Int? = { _, _ in nil }
  /// Whether nothing in the list can be in the window.
  var isQuiet: @Sendable (RepositoryPageRequest) -> Bool

  /// What was updated since so short a time, in seconds, is little whatever the list is like.
  private static let shortWhile: TimeInterval = 2 * 86_400

  /// A window as long as this, in seconds, holds so much that its items are worth being counted.
  private static let longWhile: TimeInterval = 30 * 86_400

  /// How many items to begin with: few when only what came in the last days is wanted.
  func firstPageSize(_ request: RepositoryPageRequest, total: Int?) -> Int {
    let newest = request.repository.newestChangeAt ?? request.repository.pushedAt
    let isShort = newest.map { $0.timeIntervalSince(request.since) < Self.shortWhile } ?? false
    let isNewest = newest.map { $0 <= request.since } ?? false
    let usual = request.limit ?? (isNewest ? PageSizeEstimate.smallest : isShort ? PageSizeEstimate.few : usualFirstPage)
    return max(1, min(usual, total ?? usual))
  }

  /// How many items to ask for where the window's were counted: one more, so that the page shows where the window ends.
  func size(_ request: RepositoryPageRequest, _ position: PagePosition?, _ counts: RepositoryTotals.Counts) -> Int? {
    guard let counted = counted(counts, request) else { return nil }
    let seen = position?.seen ?? 0
    let left = min(counted + 1, max(1, total(counts, request) ?? .max)) - seen
    return left > 0 && position?.size != PagePlan.maximumPageSize ? min(left, PagePlan.maximumPageSize) : nil
  }

  /// Whether counting what is in the window makes a difference to what is asked for.
  func isWorthCounting(_ request: RepositoryPageRequest, _ counts: RepositoryTotals.Counts) -> Bool {
    guard request.after == nil, !request.openOnly, !isQuiet(request), let total = total(counts, request),
      let newest = request.repository.newestChangeAt ?? request.repository.pushedAt
    else { return false }
    return total > PageSizeEstimate.few && newest.timeIntervalSince(request.since) > Self.longWhile
      && counts.window?.since != request.since
  }

  /// The call that asks all questions of a plan that need asking.
  func query(_ plan: PagePlan, level: Int) -> GraphQLQuery {
    let names = plan.asks.prefix(3).map(\.request.repository.name.rawValue).joined(separator: ", ")
    var query = GraphQLQuery("list \(noun) of \(names)" + (plan.asks.count > 3 ? " and \(plan.asks.count - 3) more" : ""))
    query.urgency = urgency
    for (index, ask) in plan.asks.enumerated() where ask.size > 0 {
      let id = query.variable("id\(index)", "ID!", .text(ask.request.repository.id.rawValue))
      let size = query.variable("n\(index)", "Int!", .number(ask.size))
      let after = ask.position.map { ", after: \(query.variable("a\(index)", "String!", .text($0.cursor)))" } ?? ""
      let list = field(ask.request)
      let open = list.hasSuffix(")") ? "\(list.dropLast()), " : "\(list)("
      query.add(
        """
        r\(index): node(id: \(id)) { ... on Repository { list: \(open)first: \(size)\(after)) {
          totalCount pageInfo { hasNextPage endCursor } nodes { ...Item }
        } } }
        """)
    }
    query.add(fragment: "fragment Item on \(type) { \(selections[min(level, selections.count - 1)]) }")
    return query
  }
}

/// What comes back below each alias.
struct RepositoryListWire<Node: JSONReadable>: JSONReadable {
  var list: ListWire<Node>?

  init(_ json: inout JSONMembers) throws { list = try json.value("list") }
}

extension RepositoryListWire: Sendable where Node: Sendable {}
