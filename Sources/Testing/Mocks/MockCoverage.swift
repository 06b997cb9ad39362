public import KoalrCore

/// A coverage service that shows the reports of a mock world.
public final class MockCoverage: Sendable {
  /// The world, the failures and the calls.
  public let remote: MockRemote

  /// Makes a coverage service over a remote side that other adapters may share.
  public init(_ remote: MockRemote) { self.remote = remote }

  /// Makes a coverage service over a world of its own.
  public convenience init(_ world: MockWorld) { self.init(MockRemote(world)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCoverage: CoverageSource {
  public func testConnection() async throws -> Connection {
    try await remote.testConnection(.testCoverage, capabilities: ["read coverage"])
  }

  public func measuredRepositories(after cursor: Cursor?) async throws -> Page<MeasuredRepository> {
    let world = try await remote.enter(MockCall(.measuredRepositories, cursors: [cursor])).world
    let measured = world.repositories.filter { $0.coverage != nil }.map { MeasuredRepository(name: $0.repository.name) }
    return try remote.page(of: measured, after: cursor, .measuredRepositories)
  }

  public func coverage(of repository: Repository, trendSince: Date, now: Date) async throws -> RepositoryCoverage? {
    guard var newest = try await reports(.coverage, repository)?.newest else { return nil }
    let firstDay = ISO8601Time.day(trendSince)
    let days = firstDay...max(firstDay, ISO8601Time.day(now))
    let trend = newest.trend?.filter { days.contains($0.day) }
    newest.trend = trend?.sorted { $0.day < $1.day }
    return newest
  }

  public func changeCoverage(
    in repository: Repository, since: Date, after cursor: Cursor?
  ) async throws -> Page<MeasuredChange> {
    let changes = try await reports(.changeCoverage, repository, cursor)?.changes ?? []
    let wanted = changes.filter { ($0.updatedAt ?? .distantFuture) >= since }
      .newestFirst(by: { $0.updatedAt ?? .distantFuture }, { String($0.number) })
    return try remote.page(of: wanted, after: cursor, .changeCoverage)
  }

  public func fileCoverage(in repository: Repository, at sha: CommitID) async throws -> [FileCoverage]? {
    try await reports(.fileCoverage, repository)?.files[sha]
  }

  /// A repository the service does not know is absent, not an error; names are what a coverage service knows.
  private func reports(
    _ operation: MockOperation, _ repository: Repository, _ cursor: Cursor? = nil
  ) async throws -> MockCoverageReports? {
    let call = MockCall(operation, repositories: [repository.id], cursors: [cursor])
    return try await remote.enter(call).world.repositories.first { $0.repository.name == repository.name }?.coverage
  }
}
