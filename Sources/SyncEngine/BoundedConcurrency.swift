/// Calls `body` with every element of a stream, at most `limit` at a time, and returns when the stream has ended and all calls
/// have returned.
func forEachConcurrently<Elements: AsyncSequence & Sendable>(
  _ elements: Elements, limit: Int, body: @escaping @Sendable (Elements.Element) async throws -> Void
) async throws where Elements.Element: Sendable {
  try await withThrowingTaskGroup(of: Void.self) { group in
    var running = 0
    for try await element in elements {
      if running == limit {
        try await group.next()
        running -= 1
      }
      group.addTask { try await body(element) }
      running += 1
    }
    // Not `waitForAll`: after an error that would let the other calls run to their end.
    for try await _ in group {}
  }
}
