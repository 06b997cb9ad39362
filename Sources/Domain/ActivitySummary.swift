/// What happened in a repository on one day, in numbers: what is left of records that were rolled up.
///
/// Weeks, months and quarters are sums of days. A number is `nil` when nothing of its sort was rolled up into the day; whether
/// nothing happened or nobody asked is not known. Distinct authors are left out, because those of two days cannot be added up
/// without keeping who they are.
public struct ActivitySummary: Hashable, Sendable, Codable {
  /// The repository; `nil` for incidents that are pinned to none.
  public var repositoryID: RepositoryID?
  /// The day in UTC, `2026-11-20`.
  public var day: String
  /// Changes merged that day.
  public var mergedChanges: Int?
  /// Changes closed that day without a merge.
  public var closedChanges: Int?
  /// Lines that the merged changes add.
  public var linesAdded: Total?
  /// Lines that the merged changes delete.
  public var linesDeleted: Total?
  /// Files that the merged changes touch.
  public var files: Total?
  /// Reviews that the merged changes got.
  public var reviews: Total?
  /// Seconds from opening to merging, of the merged changes.
  public var leadTime: Total?
  /// Commits on the default branch made that day.
  public var commits: Int?
  /// Deployments requested that day, by environment.
  public var deployments: [Deployments]?
  /// Incidents that began that day and ended, by who reports them.
  public var incidents: [Incidents]?
  /// Issues opened that day, of those that were closed later.
  public var issuesOpened: Int?
  /// Issues closed that day.
  public var issuesClosed: Int?
  /// Assessments of the changes that were merged or closed that day, by model and band.
  public var assessments: [Assessments]?
  /// What is counted here already, so that a record that comes back is not counted again.
  public var counted: Fingerprints

  /// Makes a summary in which nothing is counted yet.
  public init(repositoryID: RepositoryID?, day: String) {
    self.repositoryID = repositoryID
    self.day = day
    counted = Fingerprints()
  }
}

extension ActivitySummary {
  /// A sum over those records that know the figure.
  public struct Total: Hashable, Sendable, Codable {
    /// The sum.
    public var sum: Int
    /// How many records know the figure.
    public var count: Int

    /// Makes a total.
    public init(sum: Int, count: Int) {
      self.sum = sum
      self.count = count
    }

    /// Adds one record's figure. A sum beyond what an `Int` holds stays at the largest.
    public mutating func add(_ figure: Int) {
      sum.addOrSaturate(figure)
      count.addOrSaturate(1)
    }

    /// The mean, or `nil` of nothing.
    public var mean: Double? { count > 0 ? Double(sum) / Double(count) : nil }
  }

  /// The deployments into one environment.
  public struct Deployments: Hashable, Sendable, Codable {
    /// Where to: `production`, `staging`.
    public var environment: String
    /// How many there were.
    public var count: Int
    /// How many of them reported a failure or an error.
    public var failed: Int

    /// Makes the numbers of an environment.
    public init(environment: String, count: Int, failed: Int) {
      self.environment = environment
      self.count = count
      self.failed = failed
    }
  }

  /// The incidents of one source.
  public struct Incidents: Hashable, Sendable, Codable {
    /// Who reports them.
    public var source: IncidentID.Source
    /// Seconds from beginning to end, with the number of incidents.
    public var timeToRestore: Total

    /// Makes the numbers of a source.
    public init(source: IncidentID.Source, timeToRestore: Total) {
      self.source = source
      self.timeToRestore = timeToRestore
    }
  }

  /// The assessments of one model in one band.
  public struct Assessments: Hashable, Sendable, Codable {
    /// The model that made them.
    public var model: String
    /// The band; `nil` for those without a score.
    public var band: RiskBand?
    /// How many there were.
    public var count: Int
    /// The sum of their scores; `nil` when none has one.
    public var score: Total?

    /// Makes the numbers of a band.
    public init(model: String, band: RiskBand?, count: Int, score: Total?) {
      self.model = model
      self.band = band
      self.count = count
      self.score = score
    }
  }
}

extension Int {
  /// Adds a number; a result that does not fit becomes the nearest one that does, because figures come from outside.
  package mutating func addOrSaturate(_ other: Int) {
    let (result, overflows) = addingReportingOverflow(other)
    self = overflows ? (other < 0 ? .min : .max) : result
  }
}
