import KoalrCore
import KoalrTesting
import Testing

struct SyncEngineTests {
  @Test func `a sync stores everything the sources have`() async throws {
    let world = SmallWorld.make()
    let run = try await EngineRun(world)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    let changes = try await run.store.all(RecordQuery(Change.self))
    let expected = world.repositories.flatMap(\.changes)
    #expect(Set(changes.map(\.id)) == Set(expected.map(\.id)))
    for change in expected { #expect(changes.first { $0.id == change.id }?.files == change.files) }
    #expect(try await run.store.count(RecordQuery(Commit.self)) == world.repositories.flatMap(\.commits).count)
    #expect(try await run.store.count(RecordQuery(Team.self)) == 1)
    #expect(try await run.store.count(RecordQuery(Vulnerability.self)) == 1)
    #expect(try await run.store.count(RecordQuery(RepositoryCoverage.self)) == 1)
  }

  @Test func `running again changes nothing but checkpoints`() async throws {
    let world = SmallWorld.make()
    let store = InMemoryStore()
    _ = try await EngineRun(world, store: store)
    let first = try await store.all(RecordQuery(Change.self))
    let assessments = try await store.all(RecordQuery(RiskAssessment.self))
    _ = try await EngineRun(world, store: store)
    #expect(try await store.all(RecordQuery(Change.self)) == first)
    #expect(try await store.all(RecordQuery(RiskAssessment.self)) == assessments)
  }

  @Test(arguments: [MockOperation.changes, .deployments, .issues, .history])
  func `one repository that fails is a gap and does not stop the others`(operation: MockOperation) async throws {
    var failures = FailurePlan()
    failures.fail(operation, in: SmallWorld.api, with: .forbidden)
    let run = try await EngineRun(SmallWorld.make(), failures: failures)
    #expect(!run.report.isComplete)
    #expect(run.report.gaps.contains { $0.what.contains("acme/api") })
    #expect(!run.report.gaps.contains { $0.what.contains("acme/web") })
    let web = RecordQuery(RiskAssessment.self, repository: SmallWorld.web)
    #expect(try await run.store.count(web) > 0)
  }

  @Test(arguments: [(Connection.Service.codecov, MockOperation.coverage), (.snyk, .findings)])
  func `a dead credential stops its own adapter only`(service: Connection.Service, neverCalled: MockOperation) async throws {
    let run = try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: service))
    #expect(run.report.gaps.map(\.what) == ["everything from \(service)"])
    #expect(run.remote.callCount(neverCalled) == 0)
    #expect(try await run.store.count(RecordQuery(Change.self)) == 3)
    let connection = try await run.store.all(RecordQuery(Connection.self)).first { $0.service == service }
    #expect(connection?.status == .failed)
  }

  @Test func `a code host that refuses the credential ends the run with its reason`() async throws {
    await #expect(throws: SyncError.self) {
      _ = try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: .gitHub))
    }
  }

  @Test func `first scores are stored before any history is read`() async throws {
    let store = InMemoryStore()
    let scoresSeen = Counter()
    var failures = FailurePlan()
    failures.perform(at: .history) {
      if let count = try? await store.count(RecordQuery(RiskAssessment.self)) { scoresSeen.add(count) }
    }
    _ = try await EngineRun(SmallWorld.make(), failures: failures, store: store)
    #expect(scoresSeen.value > 0)
  }

  @Test func `the host is asked once for each unknown address`() async throws {
    let run = try await EngineRun(SmallWorld.make())
    let asked = run.remote.calls.filter { $0.operation == .authors }.flatMap(\.repositories)
    #expect(asked.count <= 2)
    let commits = try await run.store.all(RecordQuery(Commit.self))
    #expect(commits.allSatisfy { $0.author != nil })
  }

  @Test func `a cancelled run stops with what is stored and says so`() async throws {
    let stop = Stopper()
    var failures = FailurePlan()
    failures.perform(at: .history) { stop.stop() }
    let plan = failures
    let store = InMemoryStore()
    let run = Task { try await EngineRun(SmallWorld.make(), failures: plan, store: store) }
    stop.action = { run.cancel() }
    let outcome = try await run.value
    #expect(outcome.report.stopped && !outcome.report.isComplete)
    #expect(try await store.count(RecordQuery(Repository.self)) == 2)
  }

  @Test func `without a coverage service the score says which factor it misses`() async throws {
    let run = try await EngineRun(SmallWorld.make(), services: false)
    #expect(run.report.isComplete)
    let scores = try await run.store.all(RecordQuery(RiskAssessment.self))
    let missing = scores.flatMap(\.missing).filter { $0.key == "coverage" }
    #expect(missing.contains { $0.reason == "no coverage service is connected" })
  }

  @Test func `only the named repositories are read, and a name nobody has is a gap`() async throws {
    let run = try await EngineRun(SmallWorld.make(), options: SyncOptions(repositories: ["WEB", "nowhere"]))
    #expect(try await run.store.all(RecordQuery(Repository.self)).map(\.name.rawValue) == ["acme/web"])
    #expect(run.report.gaps.map(\.what) == ["repository nowhere"])
  }

  @Test func `an outage of a list is told for every repository without asking for ever`() async throws {
    var failures = FailurePlan()
    failures.fail(.issues, with: .unavailable)
    let run = try await EngineRun(SmallWorld.make(), failures: failures)
    #expect(run.report.gaps.count == 2)
    #expect(run.remote.callCount(.issues) <= 6)
  }

  @Test func `a local history tells its changes itself`() async throws {
    let remote = MockRemote(SmallWorld.make())
    remote.update { world in
      for index in world.repositories.indices {
        for change in world.repositories[index].changes.indices { world.repositories[index].changes[change].reviews = nil }
      }
    }
    var sources = SyncSources(codeHost: MockCodeHost(remote), history: MockHistory(remote))
    (sources.changes, sources.deployments, sources.issues, sources.people, sources.authors) = (nil, nil, nil, nil, nil)
    let store = InMemoryStore()
    let engine = SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SmallWorld.now))
    let report = try await engine.run()
    #expect(report.isComplete, "\(report.gaps)")
    let scored = try await store.all(RecordQuery(RiskAssessment.self))
    #expect(scored.contains { $0.missing.contains { $0.reason == "a local history holds no reviews" } })
  }

  @Test func `what fails at the first look is no gap when the whole is read later`() async throws {
    var failures = FailurePlan()
    failures.fail(.changes, call: 1, in: SmallWorld.api, with: .unavailable)
    let run = try await EngineRun(SmallWorld.make(), failures: failures)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    #expect(try await run.store.count(RecordQuery(Change.self)) == 3)
  }

  @Test(arguments: [(IntegrationError.Code.unavailable, true), (.forbidden, false)])
  func `a history that fails once is read once more when that may help`(code: IntegrationError.Code, complete: Bool) async throws
  {
    var failures = FailurePlan()
    failures.fail(.history, call: 1, in: SmallWorld.api, with: code)
    let run = try await EngineRun(SmallWorld.make(), failures: failures)
    #expect(run.report.isComplete == complete)
  }

  @Test func `without the whole list of changes nobody says how many there are`() async throws {
    var failures = FailurePlan()
    // The first call is the first look, which brings the open change; the list itself fails.
    for call in 2...4 { failures.fail(.changes, call: call, in: SmallWorld.api, with: .forbidden) }
    let run = try await EngineRun(SmallWorld.make(), failures: failures)
    let scores = try await run.store.all(RecordQuery(RiskAssessment.self))
    let api = try #require(scores.first { $0.subject == .repository(SmallWorld.api) })
    let web = try #require(scores.first { $0.subject == .repository(SmallWorld.web) })
    #expect(api.scoredChanges == 1 && api.knownChanges == nil)
    #expect(web.scoredChanges == 1 && web.knownChanges == 1)
  }

  @Test func `a list of repositories that breaks off is a gap, and what was found is read`() async throws {
    let remote = MockRemote(SmallWorld.make())
    let adapters = MockAdapters(remote)
    var sources = SyncSources(codeHost: EndlessHost(adapters.codeHost, after: .failure), history: adapters.history)
    sources.changes = adapters.codeHost
    let store = InMemoryStore()
    let report = try await SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SmallWorld.now)).run()
    #expect(report.gaps.map(\.what) == ["further repositories"])
    #expect(try await store.count(RecordQuery(Change.self)) == 3)
  }

  @Test func `a list that leads back to itself ends with a gap`() async throws {
    let adapters = MockAdapters(MockRemote(SmallWorld.make()))
    let sources = SyncSources(codeHost: EndlessHost(adapters.codeHost, after: .samePage), history: adapters.history)
    let store = InMemoryStore()
    let report = try await SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SmallWorld.now)).run()
    #expect(report.gaps.contains { $0.what == "repositories" && $0.why == "the next page led back to itself" })
    #expect(try await store.count(RecordQuery(Repository.self)) == 2)
  }

  @Test func `a list that broke off removes nothing that was known`() async throws {
    let adapters = MockAdapters(MockRemote(SmallWorld.make()))
    let store = InMemoryStore()
    var batch = StoreBatch(connection: try ConnectionID("github"))
    batch.upsert(
      Repository(id: try RepositoryID("R_known"), name: try RepositoryName("acme/known"), defaultBranch: nil, headSHA: nil))
    try await store.write(batch)
    for ending in [EndlessHost.Ending.failure, .samePage] {
      let sources = SyncSources(codeHost: EndlessHost(adapters.codeHost, after: ending), history: adapters.history)
      _ = try await SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SmallWorld.now)).run()
      #expect(try await store.count(RecordQuery(Repository.self)) == 3)
    }
  }

  @Test func `the reason why a code host refused names the service`() async throws {
    let error = await #expect(throws: SyncError.self) {
      _ = try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: .gitHub))
    }
    #expect(error?.description.hasPrefix("github: could not connect: ") == true)
  }

  @Test func `a factor of one's own scores every change of a sync`() async throws {
    let model = try RiskModelDefinition(
      name: "own-v1", weights: RiskWeights([RiskWeights.Share(factor: "title-length", maximum: 50)]),
      thresholds: SevenFactorThresholds(), bands: RiskBands(medium: 40, high: 70, critical: 90))
    let adapters = MockAdapters(SmallWorld.make())
    let store = InMemoryStore()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: adapters.codeHost, history: adapters.history), store: store,
      scorer: RiskScorer(model: model, factors: RiskScorer.sevenFactors() + [TitleLength()]),
      clock: ManualClock(startingAt: SmallWorld.now))
    _ = try await engine.run()
    let scores = try await store.all(RecordQuery(RiskAssessment.self))
    #expect(scores.count == 5 && scores.allSatisfy { $0.model == "own-v1" && $0.score == 25 })
  }
}

/// A host whose list of repositories has another page that never comes, or is always the same.
private struct EndlessHost: CodeHost {
  enum Ending { case failure, samePage }
  private let host: MockCodeHost
  private let ending: Ending

  init(_ host: MockCodeHost, after ending: Ending) {
    self.host = host
    self.ending = ending
  }

  func testConnection() async throws -> Connection { try await host.testConnection() }

  func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    if cursor != nil, ending == .failure {
      throw IntegrationError(.unavailable, service: .gitHub, operation: "list repositories", reason: "it broke")
    }
    return Page(try await host.repositories(after: nil).elements, next: Cursor("again"))
  }
}

/// A factor of one's own.
private struct TitleLength: RiskFactor {
  var key: String { "title-length" }
  func strength(in evidence: ChangeEvidence) -> FactorVerdict { .strength(0.5, reason: "titles are titles") }
}
