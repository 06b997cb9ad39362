import KoalrCore
import KoalrGitHub
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct GitHubTokenTests {
  private static let worlds = Once<String, GitHubWorld>()
  private static func shared() async throws -> GitHubWorld {
    try await worlds.value("shared") { try await GitHubWorld(repositories: 4, changes: 4) }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var token: String
    var status: Connection.Status
    /// repositories, pull requests, teams, webhooks.
    var available: [Bool?]
    var says = ""
    var testDescription: String { token }
  }

  static let cases = [
    Case(token: "classic-owner", status: .connected, available: [true, true, true, true]),
    Case(token: "classic-everything", status: .connected, available: [true, true, true, true]),
    Case(token: "classic-expiring", status: .connected, available: [true, true, true, true]),
    Case(token: "oauth-owner", status: .connected, available: [true, true, true, true]),
    Case(token: "classic-repo-hook-only", status: .degraded, available: [true, true, true, false], says: "admin:org_hook"),
    Case(token: "classic-member", status: .degraded, available: [true, true, true, false], says: "owner's token"),
    Case(token: "classic-public-only", status: .degraded, available: [false, false, true, false], says: "the scope repo"),
    Case(token: "classic-no-scopes", status: .degraded, available: [false, false, false, false], says: "read:org"),
    Case(token: "fine-grained-full", status: .connected, available: [true, true, true, nil]),
    Case(token: "fine-grained-no-hooks", status: .degraded, available: [true, true, true, false], says: "Webhooks"),
    Case(token: "fine-grained-one-repository", status: .degraded, available: [true, true, true, false], says: "Webhooks"),
    Case(token: "installation", status: .connected, available: [true, true, true, nil]),
    Case(token: "classic-expired", status: .failed, available: [], says: "expired or revoked"),
    Case(token: "classic-revoked", status: .failed, available: [], says: "expired or revoked"),
    Case(token: "classic-sso-unauthorised", status: .failed, available: [], says: "authorise the token for SSO"),
    Case(token: "oauth-restricted", status: .failed, available: [], says: "must approve this app"),
  ]

  @Test(arguments: ["", "--enterprise"])
  func `each kind of token says what it can do and what to do about the rest`(layout: String) async throws {
    let world = try await layout.isEmpty ? Self.shared() : GitHubWorld(repositories: 4, changes: 4, [layout])
    for one in Self.cases {
      let connection = try await world.gitHub(one.token).testConnection()
      #expect(connection.status == one.status, "\(one.token): \(connection)")
      #expect(connection.capabilities.map(\.available) == one.available, "\(one.token)")
      let texts = [connection.message ?? ""] + connection.capabilities.compactMap(\.reason)
      #expect(one.says.isEmpty || texts.contains { $0.contains(one.says) }, "\(one.token): \(texts)")
      if one.status != .failed {
        #expect(connection.message == "Successfully connected via \(connection.account ?? "")", "\(one.token)")
      }
      #expect((connection.credentialExpiresAt != nil) == (one.token == "classic-expiring"), "\(one.token)")
      #expect(connection.capabilities.allSatisfy { ($0.available == true) == ($0.reason == nil) }, "\(one.token)")
    }
    #expect(try await world.complaints() == [])
  }

  @Test func `an installation token is named after its app`() async throws {
    let world = try await Self.shared()
    #expect(try await world.gitHub("installation").testConnection().account == "koalr-peer[bot]")
  }

  @Test func `what a token may not see is a stated gap or an error, never nothing`() async throws {
    let world = try await Self.shared()
    let people = try await world.gitHub("classic-no-scopes").allPeople()
    #expect(people.elements.isEmpty)
    #expect(people.gaps.map(\.what) == ["teams of acme", "members of acme"])
    for token in ["classic-sso-unauthorised", "oauth-restricted", "classic-revoked"] {
      await #expect(throws: IntegrationError.self, "\(token)") { _ = try await world.gitHub(token).repositories(after: nil) }
    }
    let repositories = try await world.gitHub().allRepositories().elements.map(\.repository)
    let one = try world.gitHub("fine-grained-one-repository")
    let changes = try await Drained(repositories, since: world.since) { try await one.changes($0) }
    #expect(changes.elements[repositories[0].id]?.isEmpty == false)
    #expect(changes.failures.values.allSatisfy { $0.code == .notFound })
  }
}
