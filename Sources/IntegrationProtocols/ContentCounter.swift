public import KoalrDomain

/// A code host that can say how much there is without listing it, so that a sync can tell whether it has everything.
///
/// *Using one:* a sync asks at its end and states in each repository's certificate what it expected and what is stored.
/// *Writing one:* answer as many repositories from the front as fit into one call, at least one, and leave `nil` what the service
/// cannot count exactly: a guess would make a complete sync look incomplete.
public protocol ContentCounter: Sendable {
  /// Counts what was updated (of commits: committed) since.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func counts(in repositories: [Repository], since: Date) async throws -> [ContentCounts]

  /// The same, where `stored` says how many changes are stored of each: several repositories may then be counted together, when
  /// their sum agrees. A source may take no notice.
  func counts(
    in repositories: [Repository], since: Date, stored: [RepositoryID: ContentCounts]
  ) async throws -> [ContentCounts]
}

extension ContentCounter {
  /// Counts without regard to what is stored.
  public func counts(
    in repositories: [Repository], since: Date, stored: [RepositoryID: ContentCounts]
  ) async throws -> [ContentCounts] {
    try await counts(in: repositories, since: since)
  }
}

/// How much a repository's window holds, as its host counts.
public struct ContentCounts: Hashable, Sendable {
  /// The repository.
  public var repositoryID: RepositoryID
  /// Changes.
  public var changes: Int?
  /// Those of them that are open.
  public var openChanges: Int?
  /// Commits of the default branch.
  public var commits: Int?
  /// Deployments.
  public var deployments: Int?
  /// Tickets.
  public var issues: Int?

  /// Makes counts.
  public init(
    repositoryID: RepositoryID, changes: Int? = nil, openChanges: Int? = nil, commits: Int? = nil, deployments: Int? = nil,
    issues: Int? = nil
  ) {
    self.repositoryID = repositoryID
    self.changes = changes
    self.openChanges = openChanges
    self.commits = commits
    self.deployments = deployments
    self.issues = issues
  }
}
