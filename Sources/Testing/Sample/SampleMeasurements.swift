import KoalrCore

/// What the coverage service of the sample has been told about one repository.
struct SampleMeasurements {
  /// The reports of the default branch, oldest first; only the newest two keep their files.
  private(set) var main: [Report] = []
  private(set) var days: [String: [Double]] = [:]
  var changes: [MeasuredChange] = []
  var files: [CommitID: [FileCoverage]] = [:]

  struct Report {
    var sha: CommitID
    var time: Date
    var files: [FileCoverage]
    var totals: CoverageTotals { files.reduce(CoverageTotals(hits: 0, lines: 0)) { $0 + $1.totals } }
  }

  mutating func add(_ report: Report) {
    main = main.suffix(1) + [report]
    if let percent = report.totals.percent { days[ISO8601Time.day(report.time), default: []].append(percent) }
  }

  /// One point for each day, the mean of its reports, oldest first.
  var trend: [CoveragePoint] {
    days.sorted { $0.key < $1.key }.map { day, percents in
      CoveragePoint(day: day, percent: Self.rounded(percents.reduce(0, +) / Double(percents.count)))
    }
  }

  /// Two decimals, as coverage services show.
  static func rounded(_ percent: Double) -> Double { (percent * 100).rounded() / 100 }
}
