/// An attempt to bring a commit into an environment.
public struct Deployment: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// Where to: `production`, `staging`.
  public var environment: String
  /// What was deployed.
  public var sha: CommitID
  /// When it was requested.
  public var createdAt: Date
  /// When anything about it changed last: the version of this record.
  public var updatedAt: Date
  /// What happened to it, oldest first.
  public var statuses: [DeploymentStatus]

  /// Makes a deployment.
  public init(
    id: SourceID, repositoryID: RepositoryID, environment: String, sha: CommitID, createdAt: Date, updatedAt: Date,
    statuses: [DeploymentStatus]
  ) {
    self.id = id
    self.repositoryID = repositoryID
    self.environment = environment
    self.sha = sha
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.statuses = statuses
  }

  /// When it first reported a failure or an error, or `nil` when it never did.
  public var failedAt: Date? {
    statuses.first { $0.state == .failure || $0.state == .error }?.createdAt
  }

  /// When it first reported success, or `nil` when it never did. A later `inactive` only says that another one took its place.
  public var succeededAt: Date? {
    statuses.first { $0.state == .success }?.createdAt
  }
}

/// One step in the life of a deployment.
public struct DeploymentStatus: Hashable, Sendable, Codable {
  /// What it says, in GitHub's REST words.
  public var state: State
  /// When it said so.
  public var createdAt: Date

  /// A state; a set that hosts may extend.
  public struct State: RawRepresentable, Hashable, Sendable, Codable {
    /// The word as stored, lower case.
    public var rawValue: String
    /// Wraps a word.
    public init(rawValue: String) { self.rawValue = rawValue }
    /// Waiting to start.
    public static let queued = Self(rawValue: "queued")
    /// Announced.
    public static let pending = Self(rawValue: "pending")
    /// Running.
    public static let inProgress = Self(rawValue: "in_progress")
    /// Done, and good.
    public static let success = Self(rawValue: "success")
    /// Done, and bad.
    public static let failure = Self(rawValue: "failure")
    /// Could not be done.
    public static let error = Self(rawValue: "error")
    /// Replaced by a later one.
    public static let inactive = Self(rawValue: "inactive")
  }

  /// Makes a status.
  public init(state: State, createdAt: Date) {
    self.state = state
    self.createdAt = createdAt
  }
}
