public import KoalrDomain

/// A time of day, in UTC, at which something is due.
///
/// It starts nothing: a host waits until ``next(after:)`` and runs what is due, or asks ``isDue(last:now:)`` when it comes up.
public struct DailySchedule: Hashable, Sendable, Codable {
  /// Seconds after midnight, UTC.
  private let second: Int

  private static let day = 86_400

  /// Makes a schedule, 03:00 UTC unless told otherwise.
  ///
  /// - Parameters:
  ///   - hour: 0 to 23.
  ///   - minute: 0 to 59.
  public init(hour: Int = 3, minute: Int = 0) {
    precondition(
      (0..<24).contains(hour) && (0..<60).contains(minute), "A time of day has an hour below 24 and a minute below 60.")
    second = hour * 3600 + minute * 60
  }

  /// The hour, 0 to 23.
  public var hour: Int { second / 3600 }
  /// The minute, 0 to 59.
  public var minute: Int { second / 60 % 60 }

  /// Returns the first time of the schedule after a moment, never the moment itself.
  public func next(after time: Date) -> Date { latest(notAfter: time).addingTimeInterval(Double(Self.day)) }

  /// Returns the last time of the schedule that has come.
  public func latest(notAfter time: Date) -> Date {
    let seconds = time.timeIntervalSince1970 - Double(second)
    let days = (seconds / Double(Self.day)).rounded(.down)
    return Date(timeIntervalSince1970: days * Double(Self.day) + Double(second))
  }

  /// Whether a time of the schedule has come since the last run. However many have, one run makes up for all.
  public func isDue(last: Date?, now: Date) -> Bool { last.map { $0 < latest(notAfter: now) } ?? true }
}
