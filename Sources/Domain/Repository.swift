/// A repository as the code host describes it.
public struct Repository: Hashable, Sendable, Codable {
  /// The host's stable id.
  public var id: RepositoryID
  /// The current full name.
  public var name: RepositoryName
  /// The name of the default branch; `nil` for an empty repository.
  public var defaultBranch: String?
  /// The newest commit of the default branch; `nil` for an empty repository.
  public var headSHA: CommitID?
  /// Whether it is read-only for good.
  public var archived: Bool
  /// Whether it is a fork of another repository.
  public var fork: Bool
  /// Who can see it.
  public var visibility: Visibility
  /// The main programming language, as the host guesses it.
  public var language: String?
  /// When it was created.
  public var createdAt: Date?
  /// When anything was pushed last.
  public var pushedAt: Date?
  /// Where `git` can clone it from: an `https:` address without credentials, or a local path.
  public var cloneURL: String?
  /// When its newest change was updated; tells a sync which repositories are quiet.
  public var newestChangeAt: Date?
  /// When its newest deployment was created.
  public var newestDeploymentAt: Date?
  /// When a status of its newest deployments was set last.
  public var newestDeploymentUpdateAt: Date?
  /// When its newest ticket was updated.
  public var newestIssueAt: Date?

  /// Who can see a repository.
  public enum Visibility: String, Hashable, Sendable, Codable {
    /// Everybody.
    case `public`
    /// Those who were given access.
    case `private`
    /// All members of the enterprise.
    case `internal`
  }

  /// Makes a repository.
  public init(
    id: RepositoryID, name: RepositoryName, defaultBranch: String?, headSHA: CommitID?, archived: Bool = false,
    fork: Bool = false,
    visibility: Visibility = .private, language: String? = nil, createdAt: Date? = nil, pushedAt: Date? = nil,
    cloneURL: String? = nil, newestChangeAt: Date? = nil, newestDeploymentAt: Date? = nil,
    newestDeploymentUpdateAt: Date? = nil, newestIssueAt: Date? = nil
  ) {
    self.id = id
    self.name = name
    self.defaultBranch = defaultBranch
    self.headSHA = headSHA
    self.archived = archived
    self.fork = fork
    self.visibility = visibility
    self.language = language
    self.createdAt = createdAt
    self.pushedAt = pushedAt
    self.cloneURL = cloneURL
    self.newestChangeAt = newestChangeAt
    self.newestDeploymentAt = newestDeploymentAt
    self.newestDeploymentUpdateAt = newestDeploymentUpdateAt
    self.newestIssueAt = newestIssueAt
  }

  /// The default branch with its newest commit, or `nil` for an empty repository.
  public var head: Branch? {
    guard let defaultBranch, let headSHA else { return nil }
    return Branch(name: defaultBranch, headSHA: headSHA)
  }
}

/// A branch and the commit it points to.
public struct Branch: Hashable, Sendable, Codable {
  /// The short name, without `refs/heads/`.
  public var name: String
  /// The newest commit.
  public var headSHA: CommitID

  /// Makes a branch.
  public init(name: String, headSHA: CommitID) {
    self.name = name
    self.headSHA = headSHA
  }
}
