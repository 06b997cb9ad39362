import KoalrDomain
import KoalrStorage

/// What is stored of a repository for its scores, read at once.
struct RepositoryRecords: Sendable {
  /// Of the window.
  let changes: [Change]
  /// Of the window.
  let commits: [Commit]
  let deployments: [Deployment]
  let issues: [Issue]
  let incidents: [Incident]
  let coverage: [ChangeCoverage]
  let codeOwners: CodeOwnersSnapshot?

  init(_ repository: Repository, engine: SyncEngine, world: SyncWorld) async throws {
    let (host, id) = (world.connections.host, repository.id)
    let times = world.window.since..<Date.distantFuture
    let snapshots: [CodeOwnersSnapshot]
    (changes, commits, deployments, issues, incidents, coverage, snapshots) = try await engine.store.all(
      of: RecordQuery(Change.self, connection: host, repository: id, times: times),
      RecordQuery(Commit.self, connection: host, repository: id, times: times),
      RecordQuery(Deployment.self, connection: host, repository: id),
      RecordQuery(Issue.self, connection: host, repository: id),
      RecordQuery(Incident.self, connection: host, repository: id),
      RecordQuery(ChangeCoverage.self, repository: id),
      RecordQuery(CodeOwnersSnapshot.self, connection: host, repository: id))
    codeOwners = snapshots.first
  }
}
