#if SQLite
import CKoalrSQLite

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// Waits for a lock that another process holds, in short naps with jitter: SQLite's own waiting sleeps up to 100 ms at a time, which
/// several writers cannot live with.
final class BusyPatience {
  /// How long to wait, by the clock: on a busy machine a nap takes longer than was asked for.
  var seconds: Double
  private var began = ContinuousClock.now

  init(seconds: Double) { self.seconds = seconds }

  func install(on handle: OpaquePointer) {
    sqlite3_busy_handler(
      handle,
      { context, attempt in
        guard let context else { return 0 }
        return Unmanaged<BusyPatience>.fromOpaque(context).takeUnretainedValue().nap(attempt: attempt) ? 1 : 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  func nap(attempt: Int32) -> Bool {
    if attempt == 0 { began = .now }
    guard ContinuousClock.now - began < .seconds(seconds) else { return false }
    let longest = min(100 << min(attempt, 6), 5_000)
    // Blocks the queue of this connection and no thread of the cooperative pool.
    usleep(UInt32(Int.random(in: 50...longest)))
    return true
  }
}
#endif
