/// How well a repository is owned, as one check found it.
public struct OwnershipReport: Hashable, Sendable, Codable {
  /// The repository.
  public var repositoryID: RepositoryID
  /// When it was checked.
  public var checkedAt: Date
  /// The beginning of the window of commits.
  public var since: Date
  /// Where the CODEOWNERS file lies; `nil` when there is none.
  public var codeOwnersPath: String?
  /// The git name of its content.
  public var codeOwnersSHA: CommitID?
  /// 0 to 100; `nil` when nothing could be measured.
  public var score: Int?
  /// The score as a letter, A to F.
  public var letter: String?
  /// What the score is made of: the parts that could be measured.
  public var parts: [FactorContribution]
  /// The parts that could not be measured, and why.
  public var missing: [MissingFactor]
  /// The share of all points that could be measured, 0 to 1.
  public var evidenceShare: Double
  /// How many files are known.
  public var files: Int
  /// The places that nobody owns, those that matter most first; the first few when there are many.
  public var gaps: [Gap]
  /// How many files nobody owns.
  public var gapCount: Int
  /// How many rules have drifted from who does the work.
  public var driftCount: Int

  /// A file or folder that nobody owns.
  public struct Gap: Hashable, Sendable, Codable {
    /// Its path; that of a folder ends in a slash.
    public var path: String
    /// How many files it is.
    public var files: Int
    /// In how many commits of the window it changed.
    public var commits: Int
    /// In how many deployments of the window it went out; `nil` when deployments are not known.
    public var deployments: Int?

    /// Makes a gap.
    public init(path: String, files: Int = 1, commits: Int, deployments: Int?) {
      self.path = path
      self.files = files
      self.commits = commits
      self.deployments = deployments
    }
  }

  /// Makes a report.
  public init(
    repositoryID: RepositoryID, checkedAt: Date, since: Date, codeOwnersPath: String?, codeOwnersSHA: CommitID?, score: Int?,
    letter: String?, parts: [FactorContribution], missing: [MissingFactor], evidenceShare: Double, files: Int, gaps: [Gap],
    gapCount: Int, driftCount: Int
  ) {
    self.repositoryID = repositoryID
    self.checkedAt = checkedAt
    self.since = since
    self.codeOwnersPath = codeOwnersPath
    self.codeOwnersSHA = codeOwnersSHA
    self.score = score
    self.letter = letter
    self.parts = parts
    self.missing = missing
    self.evidenceShare = evidenceShare
    self.files = files
    self.gaps = gaps
    self.gapCount = gapCount
    self.driftCount = driftCount
  }
}
