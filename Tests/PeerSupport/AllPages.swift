public import KoalrIntegrationProtocols

/// Everything that a question for pages gives, asked until no page follows.
public struct AllPages<Element: Sendable>: Sendable {
  /// The elements of all pages, in their order; pages that shift give some of them twice.
  public private(set) var elements: [Element] = []
  /// What the source says it would not give.
  public private(set) var gaps: [SourceGap] = []

  /// A list that goes on longer than this never ends.
  private static var maximumCalls: Int { 1000 }

  /// Asks for the first page and for each that follows.
  ///
  /// - Throws: what the source throws, or ``PeerError`` when the list does not end.
  public init(_ ask: (Cursor?) async throws -> Page<Element>) async throws {
    var cursor: Cursor?
    var calls = 0
    repeat {
      guard calls < Self.maximumCalls else { throw PeerError(description: "The list has not ended after \(calls) pages.") }
      calls += 1
      let page = try await ask(cursor)
      elements += page.elements
      gaps += page.gaps
      cursor = page.next
    } while cursor != nil
  }
}
