/// What was used within the last span of time, against the most that may be.
struct SlidingSum: Sendable {
  private let limit: Int
  private let span: Duration
  private var entries: ArraySlice<(at: Duration, amount: Int)> = []
  private var total = 0

  init(limit: Int, span: Duration) {
    self.limit = limit
    self.span = span
  }

  /// When there is room for an amount: now, or when enough of the old has left the span. What passes the limit by itself is let
  /// through when nothing else is left: it would wait for ever.
  func earliest(for amount: Int, at now: Duration) -> Duration {
    var left = total
    var moment = now
    for entry in entries {
      let hasLeft = entry.at + span <= now
      if !hasLeft, left + amount <= limit { break }
      left -= entry.amount
      moment = max(now, entry.at + span)
    }
    return moment
  }

  /// Notes a use.
  mutating func add(_ amount: Int, at now: Duration) {
    while let first = entries.first, first.at + span <= now {
      total -= first.amount
      entries.removeFirst()
    }
    // A slice keeps the room of what it dropped; a copy now and then gives it back.
    if entries.startIndex > limit { entries = ArraySlice(Array(entries)) }
    entries.append((now, amount))
    total += amount
  }
}
