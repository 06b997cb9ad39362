public import KoalrDomain

/// A step of a sync, for showing to a person while it runs.
public enum SyncProgress: Sendable {
  /// A phase began.
  case phase(SyncPhase)
  /// A connection was tested.
  case connected(Connection)
  /// The run goes on with one that was interrupted, which began then.
  case resumed(from: Date)
  /// Repositories were found; the number grows while pages arrive.
  case discovered(repositories: Int)
  /// The first scores are stored.
  case firstScores(changes: Int, repositories: Int)
  /// A part of a repository is complete or has failed for good.
  case finished(RepositoryName, SyncPart)
  /// A repository has all its parts and its scores.
  case scored(RepositoryName, score: Int?, done: Int, of: Int)
  /// Something could not be read.
  case gap(SyncGap)
}

/// The phases of a sync, in order.
public enum SyncPhase: String, Sendable, CaseIterable {
  /// Testing every connection.
  case connect
  /// Repositories, CODEOWNERS, teams and members.
  case discover
  /// Open changes and first scores.
  case fastPath = "fast path"
  /// The whole window.
  case backfill
}

/// A part of a repository that is read by itself.
public enum SyncPart: String, Sendable, CaseIterable, Hashable {
  /// Changes with reviews and checks.
  case changes
  /// Commits and files.
  case history
  /// Deployments.
  case deployments
  /// Tickets.
  case issues
  /// Coverage.
  case coverage
}

/// Something that belongs into the store and is not there.
public struct SyncGap: Hashable, Sendable, Codable {
  /// The connection that could not deliver it.
  public var connection: ConnectionID
  /// What is missing: "files of acme/api#12".
  public var what: String
  /// Why, in one sentence that is safe in any log.
  public var why: String

  /// Makes a gap.
  public init(connection: ConnectionID, what: String, why: String) {
    self.connection = connection
    self.what = what
    self.why = why
  }
}
