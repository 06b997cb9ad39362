import KoalrDomain
import KoalrStorage

/// What of a history is stored already.
extension SyncEngine {
  /// Whether this run, before it was interrupted, or an earlier one read the history up to the commit that is the newest now, and
  /// no further: a branch that was set back still has commits here that it lost.
  func isHistoryRead(of repository: Repository, world: SyncWorld) async throws -> Bool {
    let connection = world.connections.host
    let scope = SourceID.part(.history, of: repository.id)
    guard let head = repository.headSHA else { return false }
    if world.earlier[scope] == nil {
      guard try await resumption(of: scope, connection: connection, world: world) == .done else { return false }
    }
    let id = RecordID(unchecked: "\(repository.id)@\(head)")
    guard try await store.record(Commit.self, id: id, connection: connection) != nil else { return false }
    return try await !hasChild(of: head, in: repository, world: world)
  }

  /// Whether a commit is stored that comes after this one.
  private func hasChild(of commit: CommitID, in repository: Repository, world: SyncWorld) async throws -> Bool {
    let query = RecordQuery(
      Commit.self, connection: world.connections.host, repository: repository.id,
      times: world.window.since..<Date.distantFuture)
    var found = false
    try await store.forEachPage(query) { page in found = found || page.contains { $0.value.parents.contains(commit) } }
    return found
  }

  /// Whether the files that are stored of a change are those of other commits than it has now. Such a change is stored anew,
  /// without them, so that the history reads them again: a part that nobody knows would leave the stored one as it is.
  func hasOldFiles(_ change: Change, world: SyncWorld) async throws -> Bool {
    guard world.hasEarlierChanges else { return false }
    return try await hasOldFiles(change, connection: world.connections.host)
  }

  /// As ``hasOldFiles(_:world:)``, for a change that may be stored.
  func hasOldFiles(_ change: Change, connection: ConnectionID) async throws -> Bool {
    guard change.files == nil, let known = try await store.record(Change.self, id: change.recordID, connection: connection),
      known.files != nil, known.updatedAt <= change.updatedAt
    else { return false }
    return known.headSHA != change.headSHA || known.baseSHA != change.baseSHA
  }
}
