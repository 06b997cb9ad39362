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

  /// What the doctor says of one of the peers' tokens.
  struct Case: Sendable, CustomTestStringConvertible {
    var token: String
    var status: Connection.Status
    var kind: ConnectionDiagnosis.Credential.Kind
    var state = OrganizationAccess.State.granted
    var role: OrganizationAccess.Role? = .admin
    /// One letter each for repositories, pull requests, tickets, checks, deployments, people, webhooks: yes, no or unknown.
    var works: String
    /// How many of the four repositories it sees: two are public, the first one among them.
    var sees: Int? = 4
    var says: String = ""
    var page: String = ""
    var testDescription: String { token }
  }

  static let cases = [
    Case(token: "classic-owner", status: .connected, kind: .classicToken, works: "yyyyyyy"),
    Case(token: "classic-everything", status: .connected, kind: .classicToken, works: "yyyyyyy"),
    Case(
      token: "classic-expiring", status: .connected, kind: .classicToken, works: "yyyyyyy", says: "stops working on 2026-11-25"),
    Case(token: "oauth-owner", status: .connected, kind: .oauth, works: "yyyyyyy"),
    Case(
      token: "classic-repo-hook-only", status: .degraded, kind: .classicToken, works: "yyyyyyn", says: "give it admin:org_hook",
      page: "/settings/tokens"),
    Case(
      token: "classic-member", status: .degraded, kind: .classicToken, role: .member, works: "yyyyyyn", says: "owner's token",
      page: "/orgs/acme/people"),
    Case(
      token: "classic-public-only", status: .degraded, kind: .classicToken, works: "nnnnnyn", sees: 2, says: "the scope repo",
      page: "/settings/tokens"),
    Case(
      token: "classic-no-scopes", status: .degraded, kind: .classicToken, works: "nnnnnnn", sees: 2, says: "read:org",
      page: "/settings/tokens"),
    Case(token: "fine-grained-full", status: .connected, kind: .fineGrainedToken, works: "yyyyyyu"),
    Case(
      token: "fine-grained-no-hooks", status: .degraded, kind: .fineGrainedToken, works: "yyyyyyn", says: "Webhooks",
      page: "/settings/personal-access-tokens"),
    Case(
      token: "fine-grained-one-repository", status: .degraded, kind: .fineGrainedToken, works: "yyyyyyn", sees: 2,
      says: "2 of 4 repositories are hidden: the token is limited to others", page: "/settings/personal-access-tokens"),
    Case(token: "installation", status: .connected, kind: .installation, role: nil, works: "yyyyyyu"),
    Case(
      token: "classic-expired", status: .failed, kind: .classicToken, state: .unknown, role: nil, works: "", sees: nil,
      says: "expired or was revoked"),
    Case(
      token: "classic-revoked", status: .failed, kind: .classicToken, state: .unknown, role: nil, works: "", sees: nil,
      says: "expired or was revoked"),
    Case(
      token: "classic-sso-unauthorised", status: .failed, kind: .classicToken, state: .singleSignOnRequired, role: nil, works: "",
      sees: nil, says: "authorise the token for SSO", page: "https://github.com/orgs/acme/sso?authorization_request="),
    Case(
      token: "oauth-restricted", status: .failed, kind: .oauth, state: .appRestricted, role: nil, works: "", sees: nil,
      says: "must approve this app", page: "/settings/connections/applications/Iv1.peer"),
  ]

  @Test(arguments: ["", "--enterprise"])
  func `every kind of token is told what it is, what it may do, and what to do about the rest`(layout: String) async throws {
    let world = try await layout.isEmpty ? Self.shared() : GitHubWorld(repositories: 4, changes: 4, [layout])
    #expect(Set(Self.cases.map(\.token)) == Set(world.service.tokens.keys))
    for one in Self.cases {
      let diagnosis = try await world.gitHub(one.token).diagnose()
      let found = "\(one.token): \(diagnosis)"
      #expect(diagnosis.status == one.status && diagnosis.credential.kind == one.kind, "\(found)")
      let access = try #require(diagnosis.organizations.first)
      #expect(access.name == "acme" && access.state == one.state && access.role == one.role, "\(found)")
      #expect(access.visibleRepositories == one.sees && access.allRepositories == one.sees.map { _ in 4 }, "\(found)")
      #expect(diagnosis.capabilities.map(\.letter).joined() == one.works, "\(found)")
      #expect(diagnosis.texts.contains { $0.contains(one.says) } || one.says.isEmpty, "\(found)")
      #expect(diagnosis.texts.contains { $0.contains(one.page) } || one.page.isEmpty, "\(found)")
      let account = one.token == "installation" ? "acme" : one.token == "classic-member" ? "fferrari" : "octavia"
      if one.status != .failed { #expect(diagnosis.message == "Successfully connected via \(account)", "\(found)") }
      #expect((diagnosis.credential.expiresAt != nil) == (one.token == "classic-expiring"), "\(found)")
      #expect(diagnosis.capabilities.allSatisfy { ($0.available == true) == ($0.reason == nil) && $0.needs != nil }, "\(found)")
      #expect(
        diagnosis.server.product == (layout.isEmpty ? "GitHub Enterprise Server" : "GitHub Enterprise Server 3.17.1")
          || one.works.isEmpty)
    }
    #expect(try await world.complaints() == [])
  }

  @Test func `the connection test is the diagnosis in short, without the page that is good for an hour`() async throws {
    let world = try await Self.shared()
    let connection = try await world.gitHub("classic-member").testConnection()
    #expect(connection.status == .degraded && connection.account == "fferrari" && connection.organizations == ["acme"])
    #expect(connection.capabilities.count == 7 && connection.organizationAccess?.first?.role == .member)
    let refused = try await world.gitHub("classic-sso-unauthorised").testConnection()
    #expect(refused.organizationAccess?.first?.remedy?.page == nil)
    #expect(!String(describing: refused).contains("authorization_request"))
  }

  @Test func `single sign-on that hides organisations from the lists is noted`() async throws {
    let diagnosis = try await Self.shared().gitHub("classic-sso-unauthorised").diagnose()
    #expect(diagnosis.account?.name == "octavia" && diagnosis.organizations.first?.remedy?.who == .account)
  }

  @Test func `an installation has no user, and is named after the account it is on`() async throws {
    let account = try await Self.shared().gitHub("installation").diagnose().account
    #expect(account == ConnectionDiagnosis.Account(name: "acme", isUser: false, app: "koalr-peer[bot]"))
  }

  @Test func `of several organisations each is told, and one that refuses does not stop the others`() async throws {
    let world = try await Self.shared()
    let both = try world.gitHub("classic-owner", organizations: ["acme", "nowhere"])
    let diagnosis = try await both.diagnose()
    #expect(diagnosis.status == .degraded && diagnosis.message == "Successfully connected via octavia")
    #expect(diagnosis.organizations.map(\.state) == [.granted, .notVisible])
    #expect(diagnosis.capabilities.map(\.organization) == Array(repeating: "acme", count: 7) + ["nowhere"])
    #expect(diagnosis.connection.otherOrganizations == ["nowhere"])
    for order in [["acme", "nowhere"], ["nowhere", "acme"]] {
      let host = try world.gitHub("classic-owner", organizations: order)
      let found = try await host.allRepositories()
      #expect(found.elements.count == 4 && found.gaps.map(\.what) == ["repositories of nowhere"])
      #expect(try await host.allPeople().elements.isEmpty == false)
    }
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

extension Capability {
  fileprivate var letter: String { available.map { $0 ? "y" : "n" } ?? "u" }
}

extension ConnectionDiagnosis {
  /// Everything that a person reads.
  fileprivate var texts: [String] {
    let remedies = organizations.compactMap(\.remedy).flatMap { [$0.reason, $0.action, $0.page ?? ""] }
    return [message] + notes + remedies + capabilities.compactMap(\.advice)
  }
}
