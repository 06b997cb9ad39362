import KoalrDomain
import KoalrIntegrationProtocols

/// Which questions go into one call, and how many items each asks for.
///
/// GitHub counts one request for a connection and one for every connection nested in each item *asked for*, and 100 requests to
/// the point, rounded: 149 cost one point. Source: docs.github.com, "Rate limits and query limits for the GraphQL API".
struct PagePlan {
  /// Connections that still cost one point.
  static let connectionsPerCall = 149
  /// The most items GitHub gives on one page.
  static let maximumPageSize = 100
  /// Fewer items than this are not worth a place at the end of a call.
  static let smallestRemainder = 5

  /// One question, and the size of the page it asks for; 0 when it can be answered without asking.
  struct Ask {
    var request: RepositoryPageRequest
    var position: PagePosition?
    var size: Int
    /// Why it cannot be asked.
    var refusal: IntegrationError?
  }
  /// The questions in their order.
  private(set) var asks: [Ask] = []
  /// Connections used so far.
  private(set) var connections = 0
  /// Items asked for so far.
  private(set) var items = 0

  private let connectionsPerItem: Int
  private let itemLimit: Int

  /// Takes as many questions from the front as fit, at least one.
  init(_ requests: [RepositoryPageRequest], kind: RepositoryListKind, itemLimit: Int, totals: RepositoryTotals) {
    connectionsPerItem = kind.connectionsPerItem
    self.itemLimit = max(1, itemLimit)
    for request in requests {
      let position = request.after.flatMap { PagePosition($0) }
      let refusal = request.after != nil && position == nil ? Self.foreignPosition(request, kind) : nil
      let counts = totals[request.repository.id]
      let total = kind.total(counts, request)
      if refusal != nil || (position == nil && (kind.isQuiet(request) || total == 0)) {
        asks.append(Ask(request: request, position: nil, size: 0, refusal: refusal))
        continue
      }
      let wanted = kind.size(request, position, counts) ?? position?.size ?? kind.firstPageSize(request, total: total)
      guard add(request, position, wanted: min(wanted, Self.maximumPageSize)) else { break }
    }
  }

  /// The first question that needs a call.
  var firstAsked: Int { asks.firstIndex { $0.size > 0 } ?? 0 }

  /// Drops all questions from the given one on.
  mutating func cut(at index: Int) {
    asks.removeSubrange(index...)
    items = asks.reduce(0) { $0 + $1.size }
  }

  private mutating func add(_ request: RepositoryPageRequest, _ position: PagePosition?, wanted: Int) -> Bool {
    var room = itemLimit - items
    if connectionsPerItem > 0 {
      room = min(room, (Self.connectionsPerCall - connections - 1) / connectionsPerItem)
    } else if connections >= Self.connectionsPerCall {
      room = 0
    }
    guard room > 0, wanted <= room || items == 0 || room >= Self.smallestRemainder else { return false }
    let size = min(wanted, room)
    asks.append(Ask(request: request, position: position, size: size))
    items += size
    connections += 1 + size * connectionsPerItem
    return true
  }

  private static func foreignPosition(_ request: RepositoryPageRequest, _ kind: RepositoryListKind) -> IntegrationError {
    IntegrationError(
      .misconfigured, service: .gitHub, operation: "list \(kind.noun) of \(request.repository.name)",
      reason: "the saved position is none of this adapter's; begin the list anew")
  }
}
