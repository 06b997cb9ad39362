import KoalrCore
import Synchronization

/// Stands at one time; waiting takes none and is remembered.
final class InstantClock: WallClock {
  private let time: Date
  private let pauses = Mutex<[Duration]>([])

  init(_ time: String = "2026-11-20T12:00:00Z") { self.time = ISO8601Time.parse(time) ?? .distantPast }

  var waited: [Duration] { pauses.withLock { $0 } }

  func now() -> Date { time }

  func sleep(for duration: Duration) async throws {
    try Task.checkCancellation()
    pauses.withLock { $0.append(duration) }
  }
}
