import KoalrDomain
import KoalrIntegrationProtocols

extension SyncEngine {
  /// Pages of one list after which it is taken for endless.
  static let maximumPages = 10_000

  /// Reads a list page by page to its end and gives each page to `keep`; a list without an end is a gap.
  ///
  /// - Parameters:
  ///   - scope: what its checkpoints belong to, if it leaves any.
  ///   - place: where an interrupted run left it; when asking there fails, the list is read from its beginning.
  /// - Returns: whether the whole list was given.
  @discardableResult
  func readList<Element>(
    _ what: String, connection: ConnectionID, scope: SourceID? = nil, from place: Cursor? = nil,
    ask: (Cursor?) async throws -> Page<Element>, keep: (Page<Element>) async throws -> Void
  ) async throws -> Bool {
    var isWhole = true
    var cursor = place
    for number in 0..<Self.maximumPages {
      try Task.checkCancellation()
      let page: Page<Element>
      do {
        page = try await ask(cursor)
      } catch is IntegrationError where number == 0 && cursor != nil {
        cursor = nil
        continue
      }
      gaps.add(connection, page.gaps, in: scope)
      try await keep(page)
      isWhole = isWhole && page.gaps.isEmpty
      guard let next = page.next else { return isWhole }
      guard next != cursor else {
        gaps.add(connection, what, why: "the next page led back to itself", in: scope)
        return false
      }
      cursor = next
    }
    gaps.add(connection, what, why: "the list did not end after \(Self.maximumPages) pages", in: scope)
    return false
  }
}
