import KoalrDomain
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Derives a repository's incidents from what is stored of it, joins them with those that others report, and adds both to a batch.
  ///
  /// What an earlier run derived of the window and no longer holds goes (a label that was taken off); what is older than the window
  /// stays, because the commits that would tell of it are not read.
  ///
  /// - Returns: every report of the repository's incidents, joined.
  func deriveIncidents(
    of repository: Repository, from records: RepositoryRecords, world: SyncWorld, into batch: inout StoreBatch
  ) -> [Incident] {
    let derivation = DerivedIncidents(
      rules: options.incidents, commits: records.commits, head: repository.headSHA, changes: records.changes,
      deployments: records.deployments)
    let derived = derivation.fromDeployments() + derivation.from(records.issues) + derivation.fromReverts()
    let ids = Set(derived.map(\.id))
    let kept = records.incidents.filter { incident in
      !ids.contains(incident.id)
        && (!DerivedIncidents.sources.contains(incident.source) || incident.startedAt < world.window.since)
    }
    let joined = IncidentJoining.join(
      derived + kept, line: derivation.line, rules: options.incidents, production: derivation.production)
    if !joined.isEmpty || !records.incidents.isEmpty { batch.replace(all: Incident.self, in: repository.id, with: joined) }
    return joined
  }
}
