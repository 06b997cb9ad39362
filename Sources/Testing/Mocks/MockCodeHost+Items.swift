public import KoalrCore

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: ItemSource {
  public func repositories(again ids: [RepositoryID]) async throws -> [ItemAnswer<DiscoveredRepository>] {
    let asked = Array(ids.prefix(remote.pageSizes.elements))
    let world = try await remote.enter(MockCall(.repositoriesAgain, repositories: asked)).world
    return asked.map { id in
      let found = world[id].map { DiscoveredRepository(repository: $0.repository, codeOwners: $0.codeOwners) }
      return ItemAnswer(id: SourceID(unchecked: id.rawValue), result: .success(found))
    }
  }

  public func changes(again requests: [ItemRequest]) async throws -> [ItemAnswer<Change>] {
    try await remote.items(.changesAgain, requests) { repository, id in
      repository.changes.first { $0.id.rawValue == id.rawValue }.map { sendsFiles ? $0 : $0.withoutFiles }
    }
  }

  public func checks(again requests: [ItemRequest]) async throws -> [ItemAnswer<[Check]>] {
    try await remote.items(.checksAgain, requests) { repository, id in
      repository.changes.first { $0.id.rawValue == id.rawValue }.map { $0.checks ?? [] }
    }
  }

  public func deployments(again requests: [ItemRequest]) async throws -> [ItemAnswer<Deployment>] {
    try await remote.items(.deploymentsAgain, requests) { repository, id in repository.deployments.first { $0.id == id } }
  }

  public func issues(again requests: [ItemRequest]) async throws -> [ItemAnswer<Issue>] {
    try await remote.items(.issuesAgain, requests) { repository, id in repository.issues.first { $0.id == id } }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: CheckRollupSource {
  public func checkRollups(again requests: [ItemRequest]) async throws -> [ItemAnswer<CheckRollup>] {
    try await remote.items(.checkRollupsAgain, requests) { repository, id in
      repository.changes.first { $0.id.rawValue == id.rawValue }.map { ($0.checks ?? []).rollup }
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: ContentCounter {
  public func counts(in repositories: [Repository], since: Date) async throws -> [ContentCounts] {
    let asked = Array(repositories.prefix(remote.pageSizes.questions))
    let world = try await remote.enter(MockCall(.counts, repositories: asked.map(\.id))).world
    return asked.map { repository in
      guard let found = world[repository.id] else { return ContentCounts(repositoryID: repository.id) }
      let changes = found.changes.filter { $0.updatedAt >= since }
      return ContentCounts(
        repositoryID: repository.id, changes: changes.count, openChanges: changes.count { $0.state == .open },
        deployments: found.deployments.count { $0.createdAt >= since }, issues: found.issues.count { $0.updatedAt >= since })
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: FileListSource {
  public func paths(of repository: Repository) async throws -> [String]? {
    let world = try await remote.enter(MockCall(.fileList, repositories: [repository.id])).world
    guard let found = world[repository.id] else { throw MockRemote.unknown(repository, .fileList) }
    return found.paths
  }
}

extension MockRemote {
  /// Answers questions for single things from the front, as many as fit into one call; what the world does not have is gone.
  fileprivate func items<Element: Sendable>(
    _ operation: MockOperation, _ requests: [ItemRequest], find: (MockRepository, SourceID) -> Element?
  ) async throws -> [ItemAnswer<Element>] {
    let asked = Array(requests.prefix(pageSizes.elements))
    let answer = try await enter(MockCall(operation, repositories: asked.map(\.repository.id)), answersEach: true)
    return asked.map { request in
      if let error = answer.failed[request.repository.id] { return ItemAnswer(id: request.id, result: .failure(error)) }
      return ItemAnswer(id: request.id, result: .success(answer.world[request.repository.id].flatMap { find($0, request.id) }))
    }
  }
}
