/// How many of the coverable lines tests run.
public struct CoverageTotals: Hashable, Sendable, Codable {
  /// Lines run by tests in full; partly run lines do not count.
  public var hits: Int
  /// Coverable lines.
  public var lines: Int

  /// Makes totals.
  public init(hits: Int, lines: Int) {
    self.hits = hits
    self.lines = lines
  }

  /// The share in percent, or `nil` when nothing is coverable.
  public var percent: Double? { lines > 0 ? 100 * Double(hits) / Double(lines) : nil }

  /// Adds up two parts of one whole.
  public static func + (left: Self, right: Self) -> Self {
    Self(hits: left.hits + right.hits, lines: left.lines + right.lines)
  }
}

/// A repository's coverage at its newest reported commit, with its trend.
public struct RepositoryCoverage: Hashable, Sendable, Codable {
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// The commit that was measured.
  public var sha: CommitID
  /// Lines run by tests.
  public var hits: Int?
  /// Coverable lines.
  public var lines: Int?
  /// The service's own figure in percent, which it may cut or round; `nil` when nothing is coverable.
  public var percent: Double?
  /// One point for each day with a report, oldest first; `nil` when it could not be read.
  public var trend: [CoveragePoint]?
  /// When the measured commit was made.
  public var measuredAt: Date?

  /// Makes a repository's coverage.
  public init(
    repositoryID: RepositoryID, sha: CommitID, hits: Int?, lines: Int?, percent: Double?, trend: [CoveragePoint]?,
    measuredAt: Date?
  ) {
    self.repositoryID = repositoryID
    self.sha = sha
    self.hits = hits
    self.lines = lines
    self.percent = percent
    self.trend = trend
    self.measuredAt = measuredAt
  }
}

/// The coverage of one day.
public struct CoveragePoint: Hashable, Sendable, Codable {
  /// The day in UTC, `2026-11-20`.
  public var day: String
  /// The mean of that day's reports, in percent.
  public var percent: Double

  /// Makes a point.
  public init(day: String, percent: Double) {
    self.day = day
    self.percent = percent
  }
}

/// The coverage of one file at one commit.
public struct FileCoverage: Hashable, Sendable, Codable {
  /// The path, relative to the repository.
  public var path: String
  /// Lines run by tests.
  public var hits: Int
  /// Coverable lines.
  public var lines: Int

  /// Makes a file's coverage.
  public init(path: String, hits: Int, lines: Int) {
    self.path = path
    self.hits = hits
    self.lines = lines
  }

  /// The file's figures as totals.
  public var totals: CoverageTotals { CoverageTotals(hits: hits, lines: lines) }
}

/// What a change does to coverage.
public struct ChangeCoverage: Hashable, Sendable, Codable {
  /// The change it belongs to.
  public var changeID: ChangeID
  /// The repository of that change.
  public var repositoryID: RepositoryID
  /// The head commit the figures belong to.
  public var headSHA: CommitID?
  /// Totals at the nearest ancestor with a report; `nil` when there is none.
  public var base: CoverageTotals?
  /// Totals at the head; `nil` without a report.
  public var head: CoverageTotals?
  /// Head minus base in percentage points, from hits and lines and so not rounded; `nil` when either is unknown.
  public var delta: Double?
  /// Coverage of the added lines; `nil` without a comparison. Zero lines mean that nothing coverable changed.
  public var patch: CoverageTotals?
  /// Coverage at the head of those changed files that are measured; `nil` when the head has no report.
  public var files: [FileCoverage]?
  /// How many changed files exist at the head and are not measured; `nil` when the head has no report.
  public var untrackedFiles: Int?
  /// When the service updated these figures: the version of this record.
  public var updatedAt: Date?

  /// Makes a change's coverage.
  public init(
    changeID: ChangeID, repositoryID: RepositoryID, headSHA: CommitID?, base: CoverageTotals?, head: CoverageTotals?,
    delta: Double?,
    patch: CoverageTotals?, files: [FileCoverage]?, untrackedFiles: Int?, updatedAt: Date?
  ) {
    self.changeID = changeID
    self.repositoryID = repositoryID
    self.headSHA = headSHA
    self.base = base
    self.head = head
    self.delta = delta
    self.patch = patch
    self.files = files
    self.untrackedFiles = untrackedFiles
    self.updatedAt = updatedAt
  }
}
