import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads the newest open changes of every repository, one page each, and stores first scores from what is known by then.
  func fastPath(_ world: SyncWorld) async throws {
    guard let source = sources.changes else { return }
    // What earlier runs know has its scores, and what is new of it comes with the backfill.
    let active = world.repositories.filter { repository in
      !repository.archived && !repository.isQuiet(.changes, since: world.window.since)
        && world.span(.changes, of: repository) == nil
    }
    let requests = active.map { RepositoryPageRequest(repository: $0, since: world.window.since, isFirstLook: true) }
    var changes = 0
    var repositories = 0
    func score(_ repository: Repository) async throws {
      let scores = try await assessNewChanges(of: repository, world: world)
      changes += scores
      repositories += scores > 0 ? 1 : 0
    }
    var open: [RepositoryPageRequest] = []
    for request in requests {
      if try await wasLookedAt(request.repository, world: world) {
        try await score(request.repository)
      } else {
        open.append(request)
      }
    }
    try await readPages(
      .changes, of: open, world: world, extent: .firstPage, ask: { try await source.changes($0) }, finished: score)
    steps.yield(.firstScores(changes: changes, repositories: repositories))
  }

  /// Whether the interrupted run had its first look at a repository's open changes; one page is all there is to it.
  private func wasLookedAt(_ repository: Repository, world: SyncWorld) async throws -> Bool {
    try await resumption(of: .firstLook(at: repository.id), connection: world.connections.host, world: world) != .beginning
  }
}
