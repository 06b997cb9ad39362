/// How risky something is, with the reasons.
public struct RiskAssessment: Hashable, Sendable, Codable {
  /// The model that made it: `seven-factor-v1`.
  public var model: String
  /// What it scores.
  public var subject: Subject
  /// The repository of the subject.
  public var repositoryID: RepositoryID
  /// 0 to 100; `nil` when nothing could be scored.
  public var score: Int?
  /// The band of the score; `nil` without one.
  public var band: RiskBand?
  /// What made the score; the points add up to it.
  public var factors: [FactorContribution]
  /// What could not be looked at, and why.
  public var missing: [MissingFactor]
  /// The share of the model's points whose evidence was there, 0 to 1.
  public var evidenceShare: Double
  /// The moment the evidence is taken at.
  public var asOf: Date
  /// For a repository: how many of its changes in the window were scored.
  public var scoredChanges: Int?
  /// For a repository: how many changes the window has; `nil` when the source did not say.
  public var knownChanges: Int?

  /// What an assessment scores.
  public enum Subject: Hashable, Sendable, Codable {
    /// One change.
    case change(ChangeID)
    /// A repository as a whole.
    case repository(RepositoryID)

    // Stored as {"change": {"id": …}}: a name that a reader of an export understands.
    private enum ChangeCodingKeys: String, CodingKey { case _0 = "id" }
    private enum RepositoryCodingKeys: String, CodingKey { case _0 = "id" }
  }

  /// Makes an assessment.
  public init(
    model: String, subject: Subject, repositoryID: RepositoryID, score: Int?, band: RiskBand?, factors: [FactorContribution],
    missing: [MissingFactor], evidenceShare: Double, asOf: Date, scoredChanges: Int? = nil, knownChanges: Int? = nil
  ) {
    self.model = model
    self.subject = subject
    self.repositoryID = repositoryID
    self.score = score
    self.band = band
    self.factors = factors
    self.missing = missing
    self.evidenceShare = evidenceShare
    self.asOf = asOf
    self.scoredChanges = scoredChanges
    self.knownChanges = knownChanges
  }
}

/// A range of scores with a name. Cut points are data of the model that uses it.
public enum RiskBand: String, Hashable, Sendable, Codable, CaseIterable {
  /// Deploy as usual.
  case low
  /// Look twice.
  case medium
  /// Have somebody else look.
  case high
  /// Stop and talk.
  case critical
}

/// The points one factor adds, and why.
public struct FactorContribution: Hashable, Sendable, Codable {
  /// The factor: `change-size`. Stored; never reused with another meaning.
  public var key: String
  /// The points it adds.
  public var points: Int
  /// The most it can add.
  public var maximum: Int
  /// Why, in words and numbers.
  public var reason: String

  /// Makes a contribution.
  public init(key: String, points: Int, maximum: Int, reason: String) {
    self.key = key
    self.points = points
    self.maximum = maximum
    self.reason = reason
  }
}

/// A factor that could not be looked at.
public struct MissingFactor: Hashable, Sendable, Codable {
  /// The factor.
  public var key: String
  /// Why its evidence is not there.
  public var reason: String

  /// Makes a missing factor.
  public init(key: String, reason: String) {
    self.key = key
    self.reason = reason
  }
}
