import KoalrCore
import KoalrTesting
import Testing

/// What a person turned off is neither read nor missing, and what was read of it before stays.
struct ServicesTests {
  private static func world() -> MockWorld {
    var world = SmallWorld.make()
    let issue = Issue(
      id: SourceID(unchecked: "I_1"), repositoryID: SmallWorld.api, number: 5, state: .open, title: "It breaks",
      author: SmallWorld.login("ana"), createdAt: SmallWorld.day(5), updatedAt: SmallWorld.day(3), closedAt: nil, labels: [])
    world.repositories[0].issues = [issue]
    return world
  }

  private static func options(without services: IntegrationService...) -> SyncOptions {
    SyncOptions(services: Set(IntegrationService.all).subtracting(services))
  }

  @Test func `pull requests that are off are not asked for, and are no gap`() async throws {
    let run = try await EngineRun(Self.world(), options: Self.options(without: .pullRequests))
    #expect(run.report.isComplete)
    #expect(run.remote.callCount(.changes) == 0)
    #expect(try await run.store.all(RecordQuery(Change.self)).isEmpty)
    #expect(try await run.store.all(RecordQuery(Commit.self)).count == 4)
    #expect(try await run.store.all(RecordQuery(ChangeCoverage.self)).isEmpty)
    #expect(try await run.store.all(RecordQuery(RepositoryCoverage.self)).count == 1)
    #expect(try await run.store.all(RecordQuery(Issue.self)).count == 1)
  }

  @Test func `tickets that are off are not asked for, and are no gap`() async throws {
    let run = try await EngineRun(Self.world(), options: Self.options(without: .tickets))
    #expect(run.report.isComplete && run.remote.callCount(.issues) == 0)
    #expect(try await run.store.all(RecordQuery(Issue.self)).isEmpty)
    #expect(try await run.store.all(RecordQuery(Change.self)).count == 3)
  }

  @Test func `repositories are read even when somebody leaves them out`() async throws {
    let run = try await EngineRun(Self.world(), options: SyncOptions(services: []))
    #expect(run.report.isComplete && run.report.repositories == 2)
    #expect(try await run.store.all(RecordQuery(Repository.self)).count == 2)
  }

  @Test func `what is turned off later stays as it was, and is read again when it is on`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(Self.world(), store: store)
    let changes = try await store.all(RecordQuery(Change.self))
    let scores = try await store.all(RecordQuery(RiskAssessment.self)).map(\.subject)
    var later = Self.world()
    later.repositories[0].changes[0].title = "Another title"
    // Longer before the run without it than clocks may differ: that run may not take it for read.
    later.repositories[0].changes[0].updatedAt = SmallWorld.now + 60
    let off = try await EngineRun(
      later, store: store, options: Self.options(without: .pullRequests, .tickets), now: SmallWorld.now + 7_200)
    #expect(off.report.isComplete && off.remote.callCount(.changes) == 0)
    #expect(try await store.all(RecordQuery(Change.self)) == changes)
    #expect(try await store.all(RecordQuery(Issue.self)).count == 1)
    #expect(Set(try await store.all(RecordQuery(RiskAssessment.self)).map(\.subject)) == Set(scores))
    _ = try await EngineRun(later, store: store, now: SmallWorld.now + 14_400)
    #expect(try await store.all(RecordQuery(Change.self)).contains { $0.title == "Another title" })
  }

  @Test func `an interrupted run is not gone on with when services were turned on or off meanwhile`() async throws {
    let marks = [SyncOptions(), Self.options(without: .tickets), Self.options(without: .pullRequests)]
    let stores = try await withThrowingTaskGroup(of: String?.self) { group in
      for options in marks {
        group.addTask {
          let store = try await EngineRun(Self.world(), options: options).store
          return try await store.checkpoint(SourceID(unchecked: "run"), connection: ConnectionID("github"))?.cursor
        }
      }
      return try await group.reduce(into: Set<String?>()) { $0.insert($1) }
    }
    #expect(stores.count == marks.count && !stores.contains(nil))
  }

  @Test func `settings that were saved before there were services mean all of them`() throws {
    let old = #"{"name": "Work", "organization": "acme"}"#
    var settings = try JSONDecoder().decode(Connection.Settings.self, from: Data(old.utf8))
    #expect(settings.services == Set(IntegrationService.all) && settings.organizations == ["acme"])
    settings.turn(.tickets, on: false)
    settings.turn(.repositories, on: false)
    #expect(settings.services == [.repositories, .pullRequests, .webhooks] && settings.servicesOff == [.tickets])
    settings.turn(.tickets, on: true)
    #expect(settings.servicesOff == nil)
  }
}
