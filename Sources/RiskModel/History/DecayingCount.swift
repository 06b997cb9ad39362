import KoalrDomain

/// A count in which what happened a half-life ago counts half. Constant size however much is added.
struct DecayingCount: Hashable, Sendable {
  private var amount = 0.0
  private var time: Date?

  /// Adds at a time; a time before the last one counts as the last one.
  mutating func add(_ more: Double, at now: Date, halfLifeDays: Double) {
    amount = value(at: now, halfLifeDays: halfLifeDays) + more
    time = max(time ?? now, now)
  }

  func value(at now: Date, halfLifeDays: Double) -> Double {
    guard let time, halfLifeDays > 0 else { return amount }
    return amount * halved(max(0, now.timeIntervalSince(time)) / (86_400 * halfLifeDays))
  }
}
