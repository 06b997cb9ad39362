public import KoalrDomain

/// Where coverage comes from: Codecov.
///
/// *Using one:* ask for the list once, then for the trend and the changes of those repositories that are in it.
/// *Writing one:* one page or one thing a call; a repository the service does not know is absent, not an error.
public protocol CoverageSource: ConnectionTestable {
  /// Returns one page of the repositories that have coverage.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func measuredRepositories(after cursor: Cursor?) async throws -> Page<MeasuredRepository>

  /// Returns a repository's current coverage with its daily trend from `trendSince` to `now`, or `nil` when nothing was reported.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func coverage(of repository: Repository, trendSince: Date, now: Date) async throws -> RepositoryCoverage?

  /// Returns one page of what the service knows about changes that were updated since; files are not included.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func changeCoverage(in repository: Repository, since: Date, after cursor: Cursor?) async throws -> Page<MeasuredChange>

  /// Returns the coverage of every measured file at a commit, or `nil` when that commit has no report.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func fileCoverage(in repository: Repository, at sha: CommitID) async throws -> [FileCoverage]?
}

/// A repository as a coverage service lists it.
public struct MeasuredRepository: Sendable, Hashable {
  /// The full name.
  public var name: RepositoryName

  /// Makes an entry.
  public init(name: RepositoryName) { self.name = name }
}

/// A change as a coverage service knows it, by number.
public struct MeasuredChange: Sendable, Hashable {
  /// The pull-request number.
  public var number: Int
  /// Totals at the commit it is compared with.
  public var base: CoverageTotals?
  /// Totals at its head; `nil` without a complete report.
  public var head: CoverageTotals?
  /// Coverage of the added lines.
  public var patch: CoverageTotals?
  /// When the service updated it.
  public var updatedAt: Date?

  /// Makes an entry.
  public init(number: Int, base: CoverageTotals?, head: CoverageTotals?, patch: CoverageTotals?, updatedAt: Date?) {
    self.number = number
    self.base = base
    self.head = head
    self.patch = patch
    self.updatedAt = updatedAt
  }
}
