import KoalrDomain
import KoalrIntegrationProtocols
import Synchronization

/// Keeps writes apart: one after the other, at least a second between two.
///
/// Source: docs.github.com, "Best practices for using the REST API", "Pause between mutative requests".
final class WritePace: Sendable {
  static let pause: Duration = .seconds(1)
  private let free = Mutex<Date?>(nil)

  /// Waits until it is this caller's turn; each caller takes a turn of its own.
  ///
  /// - Throws: `CancellationError`; the turn is lost then, which costs the next one a second.
  func turn(_ clock: any WallClock) async throws {
    let now = clock.now()
    let turn = free.withLock { free in
      let turn = max(free ?? now, now)
      free = turn + Double(Self.pause.components.seconds)
      return turn
    }
    let wait = turn.timeIntervalSince(now)
    if wait > 0 { try await clock.sleep(for: .milliseconds(Int64((wait * 1000).rounded(.up)))) }
  }
}
