public import KoalrDomain

/// Anything that can be tried before it is used.
public protocol ConnectionTestable: Sendable {
  /// Tries the credential and says who it belongs to and what it can do. A dead credential is an answer
  /// (`status` is `.failed`), not an error.
  ///
  /// - Throws: ``IntegrationError`` when the service could not be reached, `CancellationError`.
  func testConnection() async throws -> Connection

  /// The id under which the connection is reported, for when the service cannot be reached; `nil` means the service's own name.
  var connectionID: ConnectionID? { get }
}

extension ConnectionTestable {
  /// Nothing but the service's own name.
  public var connectionID: ConnectionID? { nil }
}

/// Where repositories live: GitHub, a local clone.
///
/// *Using one:* hand it to a sync, or page through ``repositories(after:)`` yourself.
/// *Writing one:* answer one page a call, without retries, caches or tasks of your own; conform to ``ChangeSource``,
/// ``DeploymentSource``, ``PeopleSource`` and ``IssueTracker`` for what the host has, and run `CodeHostContract` on it.
public protocol CodeHost: ConnectionTestable {
  /// Returns one page of the repositories the credential can see, with their CODEOWNERS.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository>
}

/// A repository as discovery finds it.
public struct DiscoveredRepository: Sendable, Hashable {
  /// The repository.
  public var repository: Repository
  /// What is known of its CODEOWNERS file.
  public var codeOwners: CodeOwnersFinding
  /// How many of its changes are open, whenever they were updated; `nil` when the host did not say.
  public var openChanges: Int?

  /// Makes a discovery.
  public init(repository: Repository, codeOwners: CodeOwnersFinding, openChanges: Int? = nil) {
    self.repository = repository
    self.codeOwners = codeOwners
    self.openChanges = openChanges
  }

  /// What is known of a CODEOWNERS file.
  public enum CodeOwnersFinding: Sendable, Hashable {
    /// It was not looked for, and why.
    case unknown(String)
    /// There is none.
    case none
    /// It was read.
    case found(CodeOwnersSnapshot)
  }
}

/// A code host that knows changes (pull requests).
public protocol ChangeSource: Sendable {
  /// Answers as many of the questions as fit into one call to the service, from the front, at least one.
  ///
  /// The caller asks again for those that were not answered. Changes come newest update first and complete but for their
  /// files, which are the history's business unless the host sends them along. A page whose changes are all older than
  /// `since` ends the list.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>]
}

/// A code host that knows deployments.
public protocol DeploymentSource: Sendable {
  /// Answers as many of the questions as fit into one call, from the front, at least one; newest first.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func deployments(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Deployment>]
}

/// Where tickets live.
public protocol IssueTracker: Sendable {
  /// Answers as many of the questions as fit into one call, from the front, at least one; newest update first.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func issues(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Issue>]
}

/// A code host that knows who belongs to the organisation.
public protocol PeopleSource: Sendable {
  /// Returns one page of members and teams. A team's members are complete on the page that has the team.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func people(after cursor: Cursor?) async throws -> Page<PeopleEntry>
}

/// A member or a team.
public enum PeopleEntry: Sendable, Hashable {
  /// A member. `teams` is filled in by the engine, from the teams.
  case contributor(Contributor)
  /// A team with all its members.
  case team(Team)
}

/// A code host that can tell whose account is behind an address that git has.
public protocol AuthorResolver: Sendable {
  /// Returns the account behind each sample commit's author; a commit that is left out has an author without one.
  ///
  /// Made for one sample a distinct address, not for every commit.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func authors(of samples: [AuthorSample]) async throws -> [CommitID: Login]
}

/// One commit that stands for all commits of its author's address.
public struct AuthorSample: Sendable, Hashable {
  /// The repository that has the commit.
  public var repository: Repository
  /// The commit.
  public var sha: CommitID
  /// The author's address in git, where the host may know an account by it.
  public var email: String?

  /// Makes a sample.
  public init(repository: Repository, sha: CommitID, email: String? = nil) {
    self.repository = repository
    self.sha = sha
    self.email = email
  }
}
