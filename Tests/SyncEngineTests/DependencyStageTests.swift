import KoalrCore
import KoalrTesting
import Testing

struct DependencyStageTests {
  /// Answers with one package, or refuses.
  private struct Source: DependencySource {
    let asked = Counter()
    var refusal: IntegrationError.Code?

    func isManifest(_ path: String) -> Bool { path == "a.swift" }

    func dependencyChanges(in repository: Repository, from base: CommitID, to head: CommitID) async throws -> [DependencyChange] {
      asked.add(1)
      if let refusal { throw IntegrationError(refusal, service: .gitHub, operation: "compare packages", reason: "it is off") }
      return [DependencyChange(manifest: "a.swift", kind: .added, package: Package(ecosystem: nil, name: "pad", version: "1"))]
    }
  }

  private static func run(
    _ source: Source, store: InMemoryStore = InMemoryStore(), change: (inout MockWorld) -> Void = { _ in }
  ) async throws -> SyncReport {
    var world = SmallWorld.make()
    change(&world)
    let adapters = MockAdapters(MockRemote(world))
    var sources = SyncSources(codeHost: adapters.codeHost, history: adapters.history)
    sources.dependencies = source
    let engine = SyncEngine(sources: sources, store: store, clock: ManualClock(startingAt: SmallWorld.now))
    return try await engine.run()
  }

  /// Gives the world two more open changes of the first repository.
  private static func addOpenChanges(_ world: inout MockWorld) {
    for number in [3, 4] {
      var change = world.repositories[0].changes[1]
      change.id = ChangeID(unchecked: "PR_more_\(number)")
      change.number = number
      world.repositories[0].changes.append(change)
    }
  }

  @Test func `open changes that touch a manifest are asked about once for the commits they have`() async throws {
    let source = Source()
    let store = InMemoryStore()
    #expect(try await Self.run(source, store: store).isComplete)
    let found = try await store.all(RecordQuery(ChangeDependencies.self))
    #expect(found.map(\.changeID.rawValue) == ["PR_R_api_2"])
    #expect(found.first?.changes.first?.package.name == "pad")
    #expect(source.asked.value == 1)
    _ = try await Self.run(source, store: store)
    #expect(source.asked.value == 1)
    _ = try await Self.run(source, store: store) { world in
      world.repositories[0].changes[1].headSHA = SmallWorld.sha(950)
      world.repositories[0].changes[1].updatedAt = SmallWorld.now
    }
    #expect(source.asked.value == 2)
    #expect(try await store.all(RecordQuery(ChangeDependencies.self)).map(\.headSHA) == [SmallWorld.sha(950)])
  }

  @Test(arguments: [IntegrationError.Code.forbidden, .notFound])
  func `a repository that compares no packages is one gap and is asked once`(refusal: IntegrationError.Code) async throws {
    let source = Source(refusal: refusal)
    let report = try await Self.run(source, change: Self.addOpenChanges)
    #expect(report.gaps.map(\.what) == ["dependency changes of acme/api"])
    #expect(report.gaps.map(\.why) == ["it is off"])
    #expect(source.asked.value == 1)
  }

  @Test func `another failure is a gap of its change, and the others are asked all the same`() async throws {
    let source = Source(refusal: .unavailable)
    let report = try await Self.run(source, change: Self.addOpenChanges)
    #expect(report.gaps.count == 3)
    #expect(source.asked.value == 3)
  }
}
