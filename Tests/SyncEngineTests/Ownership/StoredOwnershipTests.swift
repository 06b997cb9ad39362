import KoalrCore
import KoalrTesting
import Testing

struct StoredOwnershipTests {
  private static let connection = ConnectionID(unchecked: "github")
  private static func at(_ day: Double) -> Date { SmallWorld.day(-day) }

  private static func world(_ owners: DiscoveredRepository.CodeOwnersFinding) -> MockWorld {
    var world = SmallWorld.make()
    world.repositories[0].codeOwners = owners
    return world
  }

  private static func found(_ text: String?, sha: Int) -> DiscoveredRepository.CodeOwnersFinding {
    .found(
      CodeOwnersSnapshot(
        repositoryID: SmallWorld.api, path: "CODEOWNERS", sha: SmallWorld.sha(sha), text: text, errors: []))
  }

  /// Syncs a world on each of several days.
  private static func store(_ findings: [(Double, DiscoveredRepository.CodeOwnersFinding)]) async throws -> InMemoryStore {
    let store = InMemoryStore()
    for (day, finding) in findings { _ = try await EngineRun(world(finding), store: store, now: at(day)) }
    return store
  }

  private static func versions(_ store: InMemoryStore) async throws -> [CodeOwnersVersion] {
    try await store.all(RecordQuery(CodeOwnersVersion.self, repository: SmallWorld.api))
  }

  @Test func `the owners of a path are those of the version that held at the time`() async throws {
    let store = try await Self.store([
      (0, Self.found("* @first\n", sha: 11)), (1, Self.found("* @second\n", sha: 12)), (2, .none),
      (3, Self.found("/docs/ @third\n", sha: 13)),
    ])
    let ownership = StoredOwnership(store: store, connection: Self.connection)
    let expected: [(Double, Evidence<Ownership>)] = [
      (-0.1, .missing(reason: "nothing is stored about CODEOWNERS at that time")),
      (0, .known(.owned([.user("@first")], line: 1))), (0.9, .known(.owned([.user("@first")], line: 1))),
      (1, .known(.owned([.user("@second")], line: 1))), (2, .known(.noRule)), (2.5, .known(.noRule)),
      (3, .known(.noRule)), (400, .known(.noRule)),
    ]
    for (day, owners) in expected {
      #expect(try await ownership.owners(of: "a.swift", in: SmallWorld.api, at: Self.at(day)) == owners, "day \(day)")
    }
    #expect(
      try await ownership.owners(of: "docs/a", in: SmallWorld.api, at: Self.at(3)) == .known(.owned([.user("@third")], line: 1)))
  }

  @Test func `a sync that finds the same file writes no version`() async throws {
    let store = try await Self.store([
      (0, Self.found("* @first\n", sha: 11)), (1, Self.found("* @first\n", sha: 11)), (2, Self.found("* @first\n", sha: 11)),
    ])
    #expect(try await Self.versions(store).map(\.seenAt) == [Self.at(0)])
  }

  @Test func `a file that was not looked for leaves the version`() async throws {
    let store = try await Self.store([(0, Self.found("* @first\n", sha: 11)), (1, .unknown("the host was busy"))])
    #expect(try await Self.versions(store).count == 1)
  }

  @Test func `a file that comes back is a version of its own`() async throws {
    let store = try await Self.store([
      (0, Self.found("* @first\n", sha: 11)), (1, .none), (2, Self.found("* @first\n", sha: 11)),
    ])
    #expect(try await Self.versions(store).map { $0.file?.sha } == [SmallWorld.sha(11), nil, SmallWorld.sha(11)])
  }

  @Test func `a text that was too large is missing until it is known, in the same version`() async throws {
    let store = try await Self.store([(0, Self.found(nil, sha: 11))])
    let ownership = StoredOwnership(store: store, connection: Self.connection)
    #expect(
      try await ownership.owners(of: "a", in: SmallWorld.api, at: Self.at(1))
        == .missing(reason: "the host did not give the text of CODEOWNERS"))
    _ = try await EngineRun(Self.world(Self.found("* @first\n", sha: 11)), store: store, now: Self.at(1))
    #expect(try await ownership.owners(of: "a", in: SmallWorld.api, at: Self.at(0.5)).value?.owners == [.user("@first")])
    #expect(try await Self.versions(store).count == 1)
  }

  @Test func `versions of another connection and repository do not count`() async throws {
    let store = try await Self.store([(0, Self.found("* @first\n", sha: 11))])
    let other = StoredOwnership(store: store, connection: ConnectionID(unchecked: "other"))
    #expect(try await other.version(of: SmallWorld.api, at: Self.at(1)) == nil)
    let same = StoredOwnership(store: store, connection: Self.connection)
    #expect(try await same.version(of: SmallWorld.web, at: Self.at(1))?.file == nil)
  }

  @Test func `a pushed CODEOWNERS is a version as soon as its event is followed`() async throws {
    let trial = try await FollowTrial()
    let repository = trial.remote.world.repositories[0]
    let ownership = StoredOwnership(store: trial.store, connection: FollowTrial.connection)
    let before = try #require(try await ownership.newestVersion(of: repository.repository.id))
    trial.clock.advance(by: .seconds(60))
    trial.remote.update { world in
      world.repositories[0].codeOwners = .found(
        CodeOwnersSnapshot(
          repositoryID: repository.repository.id, path: "CODEOWNERS", sha: SmallWorld.sha(77), text: "* @pushed\n", errors: []))
    }
    try await trial.deliver([.test([.repository], in: repository)])
    try await trial.follow()
    let now = trial.clock.now()
    let after = try #require(try await ownership.newestVersion(of: repository.repository.id))
    #expect(after.seenAt == now && after.file?.text == "* @pushed\n")
    #expect(try await ownership.version(of: repository.repository.id, at: now.addingTimeInterval(-1)) == before)
  }
}
