import KoalrDomain

/// The commit whose report stands for a branch.
struct MeasuredCommit: Sendable, Hashable {
  var sha: CommitID
  var totals: CoverageTotals?
  var percent: Double?
  var measuredAt: Date?

  /// How old a commit must be before Codecov itself counts it as current: uploads of its other jobs may still arrive.
  static let settlingTime: TimeInterval = 3600

  /// The report of a commit, or `nil` while it cannot stand for its branch: not complete, not settled, or without figures.
  init?(_ wire: CommitWire, now: Date) {
    guard wire.state == "complete", let sha = wire.commitid.flatMap(CommitID.init(rawValue:)), let totals = wire.totals
    else { return nil }
    let measuredAt = wire.timestamp.flatMap(CodecovTime.parse)
    if let measuredAt, measuredAt >= now.addingTimeInterval(-Self.settlingTime) { return nil }
    self.sha = sha
    self.totals = CoverageTotals(totals)
    self.percent = totals.coverage
    self.measuredAt = measuredAt
  }
}
