import KoalrDomain
import KoalrIntegrationProtocols

/// What a cursor of a repository's list holds: GitHub's own cursor, how many items the next page should ask for, and how many
/// pages and items came before.
struct PagePosition: Hashable, Sendable {
  var size: Int
  var page: Int
  var seen: Int
  var cursor: String

  init(size: Int, page: Int, seen: Int, cursor: String) {
    self.size = size
    self.page = page
    self.seen = seen
    self.cursor = cursor
  }

  /// Reads a cursor; `nil` when it is none of ours.
  init?(_ cursor: Cursor) {
    let parts = cursor.rawValue.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard parts.count == 4, let size = Int(parts[0]), let page = Int(parts[1]), let seen = Int(parts[2]), size > 0, page > 0,
      seen >= 0, !parts[3].isEmpty
    else { return nil }
    self.init(size: min(size, PagePlan.maximumPageSize), page: page, seen: seen, cursor: String(parts[3]))
  }

  var asCursor: Cursor { Cursor("\(size) \(page) \(seen) \(cursor)") }
}
