import KoalrCodeOwnersParser
import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

/// What is needed about the organisation when one repository of it is derived anew: read from the store, once for a batch.
struct FollowSurroundings {
  private let run: FollowRun
  private let connections: TestedConnections
  private let teams: TeamRoster
  private let contributors: [Contributor]
  /// Whether discovery could look for CODEOWNERS everywhere, so that a repository without one has none.
  private let knowsCodeOwners: Bool
  private let window: SyncWindow

  init(_ run: FollowRun) async throws {
    self.run = run
    let (store, connection) = (run.store, run.connection)
    connections = try await Self.connections(of: run)
    teams = TeamRoster(try await store.all(RecordQuery(Team.self, connection: connection)))
    contributors = try await store.all(RecordQuery(Contributor.self, connection: connection))
    knowsCodeOwners = try await store.checkpoint(.repositories, connection: connection)?.gaps == 0
    window = SyncWindow(days: run.follower.options.days, now: run.follower.clock.now())
  }

  /// The world that holds one repository.
  func world(of repository: Repository, isNew: Bool) async throws -> SyncWorld {
    let lacksFile =
      try await run.snapshot(of: repository.id) == nil && (knowsCodeOwners || run.works[repository.id]?.asksRepository == true)
    return SyncWorld(
      window: window, isResumed: false, hasEarlierChanges: !isNew, earlier: try await spans(of: repository),
      connections: connections, repositories: [repository],
      withoutCodeOwners: lacksFile ? [repository.id] : [], teams: teams, authors: try await authors(in: repository))
  }

  /// What runs read of the repository, so that what events bring does not make the next run read it all again.
  private func spans(of repository: Repository) async throws -> [SourceID: SyncCheckpoint.Span] {
    guard let mark = try await run.store.checkpoint(.run, connection: run.connection) else { return [:] }
    var spans: [SourceID: SyncCheckpoint.Span] = [:]
    for scope in SyncEngine.parts.map({ SourceID.part($0, of: repository.id) }) {
      let checkpoint = try await run.store.checkpoint(scope, connection: run.connection)
      spans[scope] = checkpoint.flatMap { SyncEngine.span(behind: $0, mark) }
    }
    return spans
  }

  /// Knows the accounts behind the addresses of the repository's commits, so that the host is not asked for them again.
  private func authors(in repository: Repository) async throws -> AccountDirectory {
    let directory = AccountDirectory(resolver: run.follower.sources.authors, contributors: contributors)
    let query = RecordQuery(Commit.self, connection: run.connection, repository: repository.id)
    try await run.store.forEachPage(query) { page in
      _ = try await directory.resolve(page.map(\.value).filter { $0.author != nil }, of: repository)
    }
    return directory
  }

  private static func connections(of run: FollowRun) async throws -> TestedConnections {
    func stored(_ id: ConnectionID?) async throws -> Connection? {
      guard let id else { return nil }
      return try await run.store.record(Connection.self, id: RecordID(unchecked: id.rawValue), connection: id)
    }
    guard let host = try await stored(run.connection) else {
      throw SyncError(
        description: "The store holds nothing of the connection \(run.connection); sync through it once, then follow its events.")
    }
    let coverage = run.follower.sources.coverage
    return TestedConnections(
      codeHost: host, coverage: try await stored(coverage?.connectionID), vulnerabilities: nil)
  }
}
