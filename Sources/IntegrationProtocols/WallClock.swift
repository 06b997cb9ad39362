public import KoalrDomain

/// What time it is, and waiting: everything that depends on time is given one.
public protocol WallClock: Sendable {
  /// The time now, in whole milliseconds.
  func now() -> Date
  /// Waits for a duration, or until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  func sleep(for duration: Duration) async throws
  /// The time that has passed since a moment that stays the same: for measuring spans. It never goes back, and it passes on a
  /// clock that shows one moment too. Without an implementation of your own it follows ``now()``.
  func uptime() -> Duration
}

extension WallClock {
  /// The time since 1970 that ``now()`` shows.
  public func uptime() -> Duration { .milliseconds(Int64((now().timeIntervalSince1970 * 1000).rounded())) }
}

/// The time since this process first asked for it.
private enum Uptime {
  static let beginning = ContinuousClock.now
  static var now: Duration { ContinuousClock.now - beginning }
}

/// The machine's clock.
public struct SystemClock: WallClock {
  /// Makes the clock.
  public init() {}
  /// The time now, cut to milliseconds.
  public func now() -> Date { Date(timeIntervalSince1970: (Date().timeIntervalSince1970 * 1000).rounded(.down) / 1000) }
  /// Waits on the continuous clock.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
  /// The continuous clock.
  public func uptime() -> Duration { Uptime.now }
}

/// A clock that shows one moment and waits for real: for looking at data "as of then", the same on every run.
public struct StandingClock: WallClock {
  private let moment: Date

  /// Makes a clock that always shows `moment`, cut to milliseconds.
  public init(at moment: Date) {
    self.moment = Date(timeIntervalSince1970: (moment.timeIntervalSince1970 * 1000).rounded(.down) / 1000)
  }
  /// The moment.
  public func now() -> Date { moment }
  /// Waits on the continuous clock.
  public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
  /// The continuous clock.
  public func uptime() -> Duration { Uptime.now }
}

extension WallClock where Self == SystemClock {
  /// The machine's clock.
  public static var system: SystemClock { SystemClock() }
}
