extension Date {
  /// The first whole millisecond after it: times of records are whole milliseconds, up to what a `Date` makes of them.
  package var nextMillisecond: Date {
    let tolerance = 0.01
    return Date(timeIntervalSince1970: ((timeIntervalSince1970 * 1000 + tolerance).rounded(.down) + 1) / 1000)
  }
}
