import KoalrIntegrationProtocols

/// Runs `body` and gives up on it, by cancelling it, when `limit` has passed by `clock`.
///
/// A cancelled sleep keeps its timer, about half a kilobyte, until `limit` has passed: bounded by requests a second times the limit.
///
/// - Throws: ``TransportError/timedOut`` then; whatever `body` throws else.
func withDeadline<Value: Sendable>(
  _ limit: Duration, by clock: any WallClock, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask { try await body() }
    group.addTask {
      try await clock.sleep(for: limit)
      throw TransportError.timedOut
    }
    defer { group.cancelAll() }
    guard let first = try await group.next() else { throw CancellationError() }
    return first
  }
}
