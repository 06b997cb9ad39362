import KoalrDomain
import KoalrIntegrationProtocols

extension SyncEngine {
  /// Pages of one list after which it is taken for endless.
  static let maximumPages = 10_000

  /// Reads a list page by page to its end and gives each page to `keep`; a list without an end is a gap.
  ///
  /// - Returns: whether the whole list was given.
  @discardableResult
  func readList<Element>(
    _ what: String, connection: ConnectionID, ask: (Cursor?) async throws -> Page<Element>,
    keep: (Page<Element>) async throws -> Void
  ) async throws -> Bool {
    var isWhole = true
    var cursor: Cursor?
    for _ in 0..<Self.maximumPages {
      try Task.checkCancellation()
      let page = try await ask(cursor)
      gaps.add(connection, page.gaps)
      try await keep(page)
      isWhole = isWhole && page.gaps.isEmpty
      guard let next = page.next else { return isWhole }
      guard next != cursor else {
        gaps.add(connection, what, why: "the next page led back to itself")
        return false
      }
      cursor = next
    }
    gaps.add(connection, what, why: "the list did not end after \(Self.maximumPages) pages")
    return false
  }
}
