import KoalrCore
import KoalrTesting
import Testing

/// What happens to what is stored when the organisation changes between two runs, and what a person sees meanwhile.
struct SyncLifeTests {
  @Test func `a renamed repository stays one, under its new name`() async throws {
    var world = SmallWorld.make()
    let store = InMemoryStore()
    _ = try await EngineRun(world, store: store)
    world.repositories[0].repository.name = try RepositoryName("acme/gateway")
    _ = try await EngineRun(world, store: store)
    let names = try await store.all(RecordQuery(Repository.self)).map(\.name.rawValue)
    #expect(names.sorted() == ["acme/gateway", "acme/web"])
    #expect(try await store.count(RecordQuery(Change.self, repository: SmallWorld.api)) == 2)
  }

  @Test(arguments: [true, false]) func `a run that only plans writes nothing`(isFirst: Bool) async throws {
    let store = InMemoryStore()
    if !isFirst { _ = try await EngineRun(SmallWorld.make(), store: store) }
    let lines = try await store.lines()
    let later = SmallWorld.now.addingTimeInterval(3_600)
    let plan = try await EngineRun(SmallWorld.make(), store: store, options: SyncOptions(plansOnly: true), now: later)
    #expect(plan.report.repositories == 2 && plan.report.certificates.isEmpty)
    #expect(try await store.lines() == lines)
    #expect(try await EngineRun(SmallWorld.make(), store: store, now: later).report.resumedFrom == nil)
  }

  @Test func `a repository that is gone leaves the list`() async throws {
    var world = SmallWorld.make()
    let store = InMemoryStore()
    _ = try await EngineRun(world, store: store)
    world.repositories.removeLast()
    _ = try await EngineRun(world, store: store)
    #expect(try await store.all(RecordQuery(Repository.self)).map(\.name.rawValue) == ["acme/api"])
  }

  @Test func `a change that is updated is stored once, with what is new`() async throws {
    var world = SmallWorld.make()
    let store = InMemoryStore()
    _ = try await EngineRun(world, store: store)
    world.repositories[0].changes[1].title = "Better title"
    world.repositories[0].changes[1].updatedAt = SmallWorld.now
    _ = try await EngineRun(world, store: store)
    let changes = try await store.all(RecordQuery(Change.self, repository: SmallWorld.api))
    #expect(changes.count == 2)
    #expect(changes.first { $0.number == 2 }?.title == "Better title")
  }

  @Test func `a change whose commits moved has the files of the new ones`() async throws {
    var world = SmallWorld.make()
    let store = InMemoryStore()
    _ = try await EngineRun(world, store: store)
    let files = [ChangedFile(path: "new.swift", status: .added, additions: 1, deletions: 0)]
    world.repositories[0].changes[1].headSHA = SmallWorld.sha(903)
    world.repositories[0].changes[1].files = files
    world.repositories[0].changes[1].updatedAt = SmallWorld.now
    let run = try await EngineRun(world, store: store)
    #expect(run.report.isComplete, "\(run.report.gaps)")
    let changes = try await store.all(RecordQuery(Change.self, repository: SmallWorld.api))
    #expect(changes.first { $0.number == 2 }?.files == files)
    #expect(changes.first { $0.number == 1 }?.files?.map(\.path) == ["a.swift"])
  }

  @Test func `progress tells every phase in order, the growing number of repositories, and each score`() async throws {
    let adapters = MockAdapters(SmallWorld.make(), pageSizes: MockPageSizes(elements: 1, questions: 1))
    let engine = SyncEngine(
      sources: SyncSources(codeHost: adapters.codeHost, history: adapters.history), store: .inMemory,
      clock: ManualClock(startingAt: SmallWorld.now))
    async let report = engine.run()
    var phases: [SyncPhase] = []
    var discovered: [Int] = []
    var scored: [Int] = []
    for await step in engine.progress {
      switch step {
      case .phase(let phase): phases.append(phase)
      case .discovered(let repositories): discovered.append(repositories)
      case .scored(_, _, let done, _): scored.append(done)
      default: break
      }
    }
    #expect(try await report.isComplete)
    #expect(phases == SyncPhase.allCases)
    #expect(discovered == [1, 2])
    #expect(scored == [1, 2])
  }

  @Test func `the repository's own score is among its assessments, and none where nothing changed`() async throws {
    var world = SmallWorld.make()
    world.repositories[1].changes = []
    let run = try await EngineRun(world)
    let api = try await run.store.all(RecordQuery(RiskAssessment.self, repository: SmallWorld.api))
    #expect(api.contains { $0.subject == .repository(SmallWorld.api) && $0.scoredChanges == 2 && $0.knownChanges == 2 })
    #expect(try await run.store.all(RecordQuery(RiskAssessment.self, repository: SmallWorld.web)).isEmpty)
  }

  @Test func `reported incidents are stored before anything is scored for good`() async throws {
    let adapters = MockAdapters(SmallWorld.make())
    let sources = SyncSources(codeHost: adapters.codeHost, history: adapters.history, incidents: adapters.incidents)
    _ = try await SyncEngine(sources: sources, store: .inMemory, clock: ManualClock(startingAt: SmallWorld.now)).run()
    let operations = adapters.remote.calls.map(\.operation)
    let incidents = try #require(operations.lastIndex(of: .incidents))
    #expect(try incidents < #require(operations.firstIndex(of: .history)))
    #expect(try incidents < #require(operations.firstIndex(of: .deployments)))
  }
}
