import KoalrDomain
import KoalrIntegrationProtocols

/// Ends work that takes too long.
enum Deadline {
  /// Returns the result of `body`, or `nil` when it has not ended in time. Its task is cancelled then and waited for, so nothing of it
  /// goes on unseen.
  ///
  /// - Throws: what `body` throws, `CancellationError`.
  static func run<Result: Sendable>(
    _ limit: Duration, by clock: any WallClock, _ body: @escaping @Sendable () async throws -> Result
  ) async throws -> Result? {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { try await body() }
      group.addTask {
        try await clock.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }
}
