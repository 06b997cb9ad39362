import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// What lists do not bring: things that move without moving in their list, and things that are gone.
extension SyncEngine {
  /// How many of an environment's successful deployments are read again after something happened: a new one makes the one before
  /// inactive.
  private static let liveDeployments = 5

  /// Reads open changes again that a whole list should have shown and did not: they were closed or removed, or the list moved.
  func reconcileOpenChanges(of repository: Repository, world: SyncWorld) async throws {
    guard let source = sources.items, world.hasEarlierChanges else { return }
    let requests = try await unseenOpenChanges(of: repository, world: world)
      .map { ItemRequest(repository: repository, id: SourceID(unchecked: $0.id.rawValue)) }
    try await askAgain(requests, for: "open changes", of: .changes, world: world) {
      try await source.changes(again: $0)
    } keep: { request, change, batch in
      guard let change else { return batch.delete(Change.self, id: RecordID(unchecked: request.id.rawValue)) }
      if try await hasOldFiles(change, world: world) { batch.delete(Change.self, id: change.recordID) }
      batch.upsert(change)
    }
  }

  /// Reads deployments again that may have moved although they are not new: those under way, and where something happened, those
  /// that were live.
  func recheckDeployments(of repositories: [Repository], world: SyncWorld) async throws {
    guard let source = sources.items else { return }
    var requests: [ItemRequest] = []
    for repository in repositories { requests += try await movingDeployments(of: repository, world: world) }
    try await askAgain(requests, for: "statuses of deployments", of: .deployments, world: world) {
      try await source.deployments(again: $0)
    } keep: { request, deployment, batch in
      if let deployment {
        batch.upsert(deployment)
      } else {
        batch.delete(Deployment.self, id: RecordID(unchecked: request.id.rawValue))
      }
    }
  }

  /// The open changes of the window that this run's lists have not shown.
  func unseenOpenChanges(of repository: Repository, world: SyncWorld) async throws -> [Change] {
    try await inWindow(Change.self, of: repository, world: world).filter { $0.state == .open && !seen.contains($0.recordID) }
  }

  private func movingDeployments(of repository: Repository, world: SyncWorld) async throws -> [ItemRequest] {
    let unseen = try await inWindow(Deployment.self, of: repository, world: world).filter { !seen.contains($0.recordID) }
    var moving = unseen.filter(\.isUnderWay)
    if !repository.isQuiet(.deployments, since: world.beginning(world.span(.deployments, of: repository))) {
      let live = Dictionary(grouping: unseen.filter { $0.statuses.last?.state == .success }, by: \.environment)
      for one in live.values { moving += one.sorted { $0.createdAt > $1.createdAt }.prefix(Self.liveDeployments) }
    }
    return moving.map { ItemRequest(repository: repository, id: $0.id) }.sorted { $0.id < $1.id }
  }

  private func inWindow<Record: StoredRecord>(
    _ type: Record.Type, of repository: Repository, world: SyncWorld
  ) async throws -> [Record] {
    let times = world.window.since..<Date.distantFuture
    return try await store.all(
      RecordQuery(type, connection: world.connections.host, repository: repository.id, times: times))
  }
}

extension Repository {
  /// Whether the host's own times say that nothing of a part is in a window that begins then.
  func hasNothing(of part: SyncPart, since: Date) -> Bool {
    // An old deployment is none of the window's, whatever happens to it.
    part == .deployments ? newestDeploymentAt.map { $0 < since } ?? false : isQuiet(part, since: since)
  }

  /// Whether the host's own times say that nothing of a part happened since. What they do not say is not quiet.
  func isQuiet(_ part: SyncPart, since: Date) -> Bool {
    let times: [Date?] =
      switch part {
      case .changes: [newestChangeAt]
      case .deployments: [newestDeploymentAt, newestDeploymentUpdateAt]
      case .issues: [newestIssueAt]
      case .history, .coverage: [nil]
      }
    return times.allSatisfy { $0.map { $0 < since } ?? false }
  }
}

extension Deployment {
  /// Whether it has not come to an end yet.
  fileprivate var isUnderWay: Bool {
    let ends: [DeploymentStatus.State] = [.success, .failure, .error, .inactive]
    return statuses.last.map { !ends.contains($0.state) } ?? true
  }
}
