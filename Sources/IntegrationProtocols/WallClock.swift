public import KoalrDomain

/// What time it is, and waiting: everything that depends on time is given one.
public protocol WallClock: Sendable {
  /// The time now, in whole milliseconds.
  func now() -> Date
  /// Waits.
  ///
  /// - Throws: `CancellationError`.
  func sleep(for duration: Duration) async throws
}

/// The machine's clock.
public struct SystemClock: WallClock {
  /// Makes the clock.
  public init() {}
  /// The time now, cut to milliseconds.
  public func now() -> Date { Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1000).rounded(.down) / 1000) }
  /// Waits on the continuous clock.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

/// A clock that runs as the machine's does, from another start: for looking at recorded data "as of then".
public struct ShiftedClock: WallClock {
  private let offset: TimeInterval

  /// Makes a clock that shows `start` now.
  public init(startingAt start: Date) { offset = start.timeIntervalSince(Date()) }
  /// The shifted time, cut to milliseconds.
  public func now() -> Date {
    Date(timeIntervalSince1970: ((Date().timeIntervalSince1970 + offset) * 1000).rounded(.down) / 1000)
  }
  /// Waits on the continuous clock.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}

extension WallClock where Self == SystemClock {
  /// The machine's clock.
  public static var system: SystemClock { SystemClock() }
}
