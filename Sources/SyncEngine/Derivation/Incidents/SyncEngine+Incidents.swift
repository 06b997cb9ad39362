import KoalrDomain
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Derives a repository's incidents from what is stored of it, joins them with those that others report, and stores both.
  ///
  /// What an earlier run derived of the window and no longer holds goes (a label that was taken off); what is older than the window
  /// stays, because the commits that would tell of it are not read.
  ///
  /// - Returns: every report of the repository's incidents, joined.
  func deriveIncidents(
    of repository: Repository, commits: [Commit], changes: [Change], world: SyncWorld
  ) async throws -> [Incident] {
    let connection = world.connections.host
    let deployments = try await store.all(RecordQuery(Deployment.self, connection: connection, repository: repository.id))
    let issues = try await store.all(RecordQuery(Issue.self, connection: connection, repository: repository.id))
    let stored = try await store.all(RecordQuery(Incident.self, connection: connection, repository: repository.id))
    let derivation = DerivedIncidents(
      rules: options.incidents, commits: commits, head: repository.headSHA, changes: changes, deployments: deployments)
    let derived = derivation.fromDeployments() + derivation.from(issues) + derivation.fromReverts()
    let ids = Set(derived.map(\.id))
    let kept = stored.filter { incident in
      !ids.contains(incident.id)
        && (!DerivedIncidents.sources.contains(incident.source) || incident.startedAt < world.window.since)
    }
    let joined = IncidentJoining.join(
      derived + kept, line: derivation.line, rules: options.incidents, production: derivation.production)
    if joined.isEmpty && stored.isEmpty { return [] }
    var batch = StoreBatch(connection: connection)
    batch.replace(all: Incident.self, in: repository.id, with: joined)
    try await store.write(batch)
    return joined
  }
}
