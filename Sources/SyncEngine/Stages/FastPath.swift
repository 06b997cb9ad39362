import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads the newest open changes of every repository, one page each, and stores first scores from what is known by then.
  func fastPath(_ world: SyncWorld) async throws {
    guard let source = sources.changes else { return }
    let active = world.repositories.filter { !$0.archived && ($0.newestChangeAt.map { $0 >= world.window.since } ?? true) }
    let requests = active.map { RepositoryPageRequest(repository: $0, since: world.window.since, openOnly: true) }
    var changes = 0
    var repositories = 0
    try await readPages(
      .changes, of: requests, world: world, extent: .firstPage, ask: { try await source.changes($0) },
      finished: { repository in
        let scores = try await assessNewChanges(of: repository, world: world)
        changes += scores
        repositories += scores > 0 ? 1 : 0
      })
    steps.yield(.firstScores(changes: changes, repositories: repositories))
  }
}
