import KoalrDomain

/// Makes a trend from the days that Codecov sends.
enum CoverageTrend {
  /// Returns one point a day, oldest first, for the days that began at `since` or later.
  ///
  /// Codecov's first row may be an older day that it carries forward; it is not a measurement of this window.
  static func points(_ rows: [PointWire], since: Date) -> [CoveragePoint] {
    var byDay: [String: Double] = [:]
    for row in rows {
      guard let start = row.timestamp.flatMap(CodecovTime.parse), start >= since, let percent = row.avg, percent.isFinite
      else { continue }
      byDay[ISO8601Time.day(start)] = percent
    }
    return byDay.sorted { $0.key < $1.key }.map { CoveragePoint(day: $0.key, percent: $0.value) }
  }
}

/// Codecov's times; some come without a zone and are UTC.
enum CodecovTime {
  static func parse(_ text: String) -> Date? { ISO8601Time.parse(text) ?? ISO8601Time.parse(text + "Z") }

  /// A time for a query; nothing was measured before 1970, and servers refuse the years that "the distant past" lies in.
  static func query(_ date: Date) -> String { ISO8601Time.format(max(date, Date(timeIntervalSince1970: 0))) }
}
