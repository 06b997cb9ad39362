import KoalrDomain

/// The commit whose report stands for a branch.
struct MeasuredCommit: Sendable, Hashable {
  var sha: CommitID
  var totals: CoverageTotals?
  var percent: Double?
  var measuredAt: Date?
  var parent: CommitID?

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
    parent = wire.parent.flatMap(CommitID.init(rawValue:))
  }

  /// Returns the newest of commits that come newest first. A rebase or a push of several gives them one time, and the service orders
  /// those by their names: then it is the branch's newest commit, else one that no other follows.
  static func newest(of commits: [MeasuredCommit], head: CommitID?) -> MeasuredCommit? {
    let tied = commits.prefix { $0.measuredAt == commits.first?.measuredAt }
    let parents = Set(tied.compactMap(\.parent))
    return tied.first { $0.sha == head } ?? tied.first { !parents.contains($0.sha) } ?? tied.first
  }
}
