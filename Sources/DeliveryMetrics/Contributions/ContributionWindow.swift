public import KoalrDomain

/// The time whose commits count, and how much less an old one counts than a new one.
///
/// The defaults are 90 days, the time that is read of every repository, and a half-life of 30 days: a commit that leaves the window
/// weighs one eighth of a new one, so that nothing jumps when it does, and the work of the last month weighs more than that of
/// the two months before it. Decision 0027 has the reasons.
public struct ContributionWindow: Hashable, Sendable {
  /// The moment that is looked back from; later commits do not count.
  public let end: Date
  /// How far it is looked back, in days.
  public let days: Double
  /// The days after which a commit counts half.
  public let halfLifeDays: Double

  /// Makes a window. Both spans have to be positive.
  public init(until end: Date, days: Double = 90, halfLifeDays: Double = 30) {
    precondition(days > 0 && halfLifeDays > 0, "A window of contributions needs days and a half-life above 0.")
    self.end = end
    self.days = days
    self.halfLifeDays = halfLifeDays
  }

  /// The moment it begins.
  public var start: Date { end.addingTimeInterval(-days * 86_400) }

  /// Returns whether what happened then counts; both ends do.
  public func contains(_ time: Date) -> Bool { start <= time && time <= end }

  /// Returns how much a commit of that time counts: 1 at the end, 0.5 a half-life before it.
  public func weight(at time: Date) -> Double {
    halved(end.timeIntervalSince(time) / (86_400 * halfLifeDays))
  }
}
