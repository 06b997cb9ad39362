import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads the newest open changes of every repository, those where something happened last first, and stores first scores from what
  /// is known by then. Where nothing is open the newest change has the first score, whatever became of it.
  func fastPath(_ world: SyncWorld) async throws {
    guard let source = sources.changes else { return }
    var changes = 0
    var repositories = 0
    var withoutScore: [RepositoryPageRequest] = []
    var open: [RepositoryPageRequest] = []
    /// Returns those that have no score yet.
    func score(_ found: [Repository]) async throws -> [Repository] {
      let scores = try await assessNewChanges(of: found, world: world)
      changes += scores.values.reduce(0, +)
      repositories += scores.values.count { $0 > 0 }
      return found.filter { scores[$0.id] == 0 }
    }
    for request in firstLooks(world) {
      if try await wasLookedAt(request.repository, world: world) {
        _ = try await score([request.repository])
      } else {
        open.append(request)
      }
    }
    let asksForOpen = Set(open.filter(\.openOnly).map(\.repository.id))
    try await readPages(
      .changes, of: open, world: world, extent: .firstPage, ask: { try await source.changes($0) },
      finished: { repositories in
        let others = try await score(repositories).filter { asksForOpen.contains($0.id) }
        withoutScore += others.compactMap { newestChange(of: $0, world: world) }
      })
    try await readPages(
      .changes, of: withoutScore, world: world, extent: .firstPage, ask: { try await source.changes($0) },
      finished: { _ = try await score($0) })
    steps.yield(.firstScores(changes: changes, repositories: repositories))
  }

  /// The first question about each repository that may have something to score.
  private func firstLooks(_ world: SyncWorld) -> [RepositoryPageRequest] {
    // What earlier runs know has its scores, and what is new of it comes with the backfill.
    let active = world.repositories.filter { repository in
      !repository.archived && !repository.isQuiet(.changes, since: world.window.since)
        && world.span(.changes, of: repository) == nil
    }
    .sorted { ($1.lastTouch, $0.name) < ($0.lastTouch, $1.name) }
    let busy = active.map(\.id).filter { world.openChanges[$0] != 0 }
    let shares = FirstLookShares(busy, open: world.openChanges, most: options.firstLook)
    return active.compactMap { repository in
      guard world.openChanges[repository.id] != 0 else { return newestChange(of: repository, world: world) }
      return RepositoryPageRequest(
        repository: repository, since: world.window.since, isFirstLook: true, limit: shares[repository.id])
    }
  }

  /// The question for the newest change, whatever became of it: the first score of a repository where nothing is open.
  private func newestChange(of repository: Repository, world: SyncWorld) -> RepositoryPageRequest? {
    let since = repository.newestChangeAt ?? world.window.since
    guard since >= world.window.since else { return nil }
    var request = RepositoryPageRequest(repository: repository, since: since, isFirstLook: true, limit: 1)
    request.openOnly = false
    return request
  }

  /// Whether the interrupted run had its first look at a repository's open changes; one page is all there is to it.
  private func wasLookedAt(_ repository: Repository, world: SyncWorld) async throws -> Bool {
    try await resumption(of: .firstLook(at: repository.id), connection: world.connections.host, world: world) != .beginning
  }
}

extension Repository {
  /// When something happened last, as far as the host told.
  fileprivate var lastTouch: Date { newestChangeAt ?? pushedAt ?? .distantPast }
}
