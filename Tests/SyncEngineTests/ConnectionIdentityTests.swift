import KoalrCore
import KoalrTesting
import Testing

/// A store that holds one organisation's data under a connection's name does not take another's.
struct ConnectionIdentityTests {
  @Test func `another organisation under the same connection is refused, with both names`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(SmallWorld.make(), store: store)
    let before = try await store.lines()
    let error = await #expect(throws: SyncError.self) { try await EngineRun(Self.world(of: "other"), store: store) }
    #expect(
      error?.description == "The store holds github of acme under the connection \"github\", which now reads github of other; "
        + "use another store, or give the connection another name.")
    #expect(try await store.lines() == before)
  }

  @Test func `an organisation's name is the same in any case`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(SmallWorld.make(), store: store)
    #expect(try await EngineRun(Self.world(of: "ACME"), store: store).report.isComplete)
  }

  @Test func `a code host that never worked leaves nothing in the store`() async throws {
    let store = InMemoryStore()
    await #expect(throws: SyncError.self) {
      try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: .gitHub), store: store)
    }
    #expect(try await store.lines().isEmpty)
  }

  @Test func `another service under the same connection is refused`() async throws {
    let store = InMemoryStore()
    try await Self.put(connection: "github", service: .git, organization: nil, status: .connected, into: store)
    let error = await #expect(throws: SyncError.self) { try await EngineRun(SmallWorld.make(), store: store) }
    #expect(
      error?.description.hasPrefix("The store holds git under the connection \"github\", which now reads github of acme;") == true
    )
  }

  @Test(arguments: ["codecov", "snyk"])
  func `a service of another organisation is a failed connection, and its data stays as it was`(name: String) async throws {
    let store = InMemoryStore()
    try await Self.put(
      connection: name, service: Connection.Service(rawValue: name), organization: "other", status: .connected, into: store)
    let run = try await EngineRun(SmallWorld.make(), store: store)
    let message =
      "The store holds \(name) of other under the connection \"\(name)\", which now reads \(name) of acme; "
      + "use another store, or give the connection another name."
    let id = try ConnectionID(name)
    #expect(run.report.gaps == [SyncGap(connection: id, what: "everything from \(name)", why: message)])
    #expect(run.report.connections.first { $0.id == id }?.status == .failed)
    let stored = try await store.record(Connection.self, id: RecordID(unchecked: name), connection: id)
    #expect(stored?.organization == "other" && stored?.status == .connected)
    #expect(try await store.checkpoint(SourceID(unchecked: "run"), connection: id) == nil)
  }

  @Test func `a failure in between does not make the store forget whose data it holds`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(SmallWorld.make(), store: store)
    _ = try await EngineRun(SmallWorld.make(), failures: .outage(of: .codecov), store: store)
    let id = try ConnectionID("codecov")
    let failed = try await store.record(Connection.self, id: RecordID(unchecked: "codecov"), connection: id)
    #expect(failed?.organization == "acme" && failed?.status == .failed)
    await #expect(throws: SyncError.self) {
      try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: .gitHub), store: store)
    }
    await #expect(throws: SyncError.self) { try await EngineRun(Self.world(of: "other"), store: store) }
  }

  @Test func `a connection that never worked holds nothing, and may be mended to read another`() async throws {
    let store = InMemoryStore()
    try await Self.put(connection: "snyk", service: .snyk, organization: "acme by its id", status: .failed, into: store)
    #expect(try await EngineRun(SmallWorld.make(), store: store).report.isComplete)
  }

  @Test func `an organisation may be added to a connection or taken from it, but not all replaced`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(SmallWorld.make(), store: store)
    #expect(try await EngineRun(Self.world(of: "acme", and: ["beta"]), store: store).report.isComplete)
    let id = try ConnectionID("github")
    #expect(try await store.record(Connection.self, id: RecordID("github"), connection: id)?.organizations == ["acme", "beta"])
    #expect(try await EngineRun(Self.world(of: "BETA"), store: store).report.isComplete)
    let error = await #expect(throws: SyncError.self) {
      try await EngineRun(Self.world(of: "other", and: ["third"]), store: store)
    }
    #expect(error?.description.contains("which now reads github of other, third;") == true)
  }

  @Test func `a failure in between keeps every organisation in mind`() async throws {
    let store = InMemoryStore()
    _ = try await EngineRun(Self.world(of: "acme", and: ["beta"]), store: store)
    await #expect(throws: SyncError.self) {
      try await EngineRun(SmallWorld.make(), failures: .deadCredential(of: .gitHub), store: store)
    }
    let stored = try await store.record(Connection.self, id: RecordID("github"), connection: ConnectionID("github"))
    #expect(stored?.status == .failed && stored?.organizations == ["acme", "beta"])
  }

  @Test func `somebody of two organisations is one contributor, with the teams of both`() async throws {
    var world = Self.world(of: "acme", and: ["beta"])
    world.people += world.people
    world.teams.append(
      Team(
        id: SourceID(unchecked: "T_2"), organization: "beta", slug: "ops", name: "Ops", parent: nil,
        members: [SmallWorld.login("ana")]))
    let store = try await EngineRun(world).store
    let people = try await store.all(RecordQuery(Contributor.self))
    #expect(people.map(\.login) == [SmallWorld.login("ana")] && people.first?.teams == ["core", "ops"])
  }

  private static func world(of organization: String, and others: [String]? = nil) -> MockWorld {
    var world = SmallWorld.make()
    (world.organization, world.otherOrganizations) = (organization, others)
    return world
  }

  private static func put(
    connection: String, service: Connection.Service, organization: String?, status: Connection.Status, into store: InMemoryStore
  ) async throws {
    let id = try ConnectionID(connection)
    var batch = StoreBatch(connection: id)
    batch.upsert(Connection(id: id, service: service, organization: organization, account: nil, status: status))
    try await store.write(batch)
  }
}
