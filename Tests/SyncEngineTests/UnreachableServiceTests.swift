import KoalrCore
import KoalrTesting
import Testing

/// A service that cannot be reached is reported under the connection it was set up as.
struct UnreachableServiceTests {
  @Test func `an outage is noted at the connection that has it`() async throws {
    let store = InMemoryStore()
    let adapters = SampleOrganisation.adapters()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: adapters.codeHost, history: adapters.history, coverage: UnreachableCoverage()), store: store,
      clock: ManualClock(startingAt: SampleOrganisation.now))
    let report = try await engine.run()
    let id = ConnectionID(unchecked: "work-coverage")
    #expect(report.gaps.map(\.connection) == [id])
    let held = try await store.all(RecordQuery(Connection.self))
    #expect(held.map(\.id) == [ConnectionID(unchecked: "github"), id])
    #expect(held.last?.status == .failed)
  }
}

/// A coverage service behind a wall.
private struct UnreachableCoverage: CoverageSource {
  var connectionID: ConnectionID? { ConnectionID(unchecked: "work-coverage") }

  private var outage: IntegrationError {
    IntegrationError(.unavailable, service: .codecov, operation: "ask", reason: "there is a wall.")
  }

  func testConnection() async throws -> Connection { throw outage }
  func measuredRepositories(after cursor: Cursor?) async throws -> Page<MeasuredRepository> { throw outage }
  func coverage(of repository: Repository, trendSince: Date, now: Date) async throws -> RepositoryCoverage? { throw outage }
  func changeCoverage(in repository: Repository, since: Date, after cursor: Cursor?) async throws -> Page<MeasuredChange> {
    throw outage
  }
  func fileCoverage(in repository: Repository, at sha: CommitID) async throws -> [FileCoverage]? { throw outage }
}
