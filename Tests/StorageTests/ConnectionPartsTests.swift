import KoalrCore
import Testing

/// What a person said about a connection ages apart from what its test says.
struct ConnectionPartsTests {
  private let settings = Connection.Settings(
    name: "Work", url: "https://git.example", organization: "acme", snykOrganization: "acme-security")

  private func connection(_ account: String, settings: Connection.Settings?) -> Connection {
    Connection(
      id: ConnectionID(unchecked: "github"), service: .gitHub, organization: "acme", account: account, status: .connected,
      settings: settings)
  }

  private func stored(_ connections: Connection...) async throws -> Connection? {
    let store = InMemoryStore()
    for connection in connections {
      var batch = StoreBatch(connection: connection.id)
      batch.upsert(connection)
      try await store.write(batch)
    }
    return try await store.all(RecordQuery(Connection.self)).first
  }

  @Test func `a test of the credential leaves the settings alone`() async throws {
    let held = try await stored(connection("ana", settings: settings), connection("ben", settings: nil))
    #expect(held == connection("ben", settings: settings))
  }

  @Test func `new settings take the place of old ones`() async throws {
    var renamed = settings
    renamed.name = "Home"
    let held = try await stored(connection("ana", settings: settings), connection("ana", settings: renamed))
    #expect(held == connection("ana", settings: renamed))
  }

  @Test func `a connection that was not saved has none`() async throws {
    #expect(try await stored(connection("ana", settings: nil))?.settings == nil)
  }
}
