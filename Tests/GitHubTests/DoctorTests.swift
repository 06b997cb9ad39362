import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// What the doctor makes of answers that the peers do not give.
struct DoctorTests {
  /// A GitHub that lets an owner in, but for what a test changes.
  struct Answers: Sendable {
    var scopes: String? = "repo, read:org, admin:org_hook"
    var user = (status: 200, body: #"{"login": "mona"}"#)
    var organization = #"{"login": "Acme", "public_repos": 2, "total_private_repos": 3}"#
    var memberships = #"[{"role": "admin", "state": "active", "organization": {"login": "acme"}}]"#
    var membershipHeaders: HTTPHeaders = [:]
    var graphQL = Self.granted()
    var graphQLHeaders: HTTPHeaders = [:]
    var headers: HTTPHeaders = [:]

    static func granted(isOwner: Bool = true, count: Int = 5, errors: String = "[]", probe: String = Self.probe) -> String {
      """
      {"data": {"viewer": {"login": "mona"},
      "organization": {"login": "Acme", "viewerCanAdminister": \(isOwner), "repositories": {"totalCount": \(count), "nodes": [\(probe)]}},
      "people": {"teams": {"totalCount": 1}, "membersWithRole": {"totalCount": 2}}}, "errors": \(errors)}
      """
    }

    static let probe = """
      {"pullRequests": {"totalCount": 1}, "issues": {"totalCount": 1}, "deployments": {"totalCount": 1},
      "defaultBranchRef": {"target": {"id": "C_1"}}}
      """

    func diagnose(token: String = Stub.token) async throws -> (ConnectionDiagnosis, StubTransport) {
      let transport = StubTransport { (request: HTTPRequest) async throws -> HTTPResponse in
        var headers = headers
        headers["X-OAuth-Scopes"] = scopes
        var answer = (status: 200, body: "{}")
        switch request.url.path {
        case let path where path.hasSuffix("/user"): answer = user
        case let path where path.hasSuffix("/memberships/orgs"):
          answer.body = memberships
          for (name, value) in membershipHeaders.all { headers[name] = value }
        case let path where path.hasSuffix("/graphql"):
          answer.body = graphQL
          for (name, value) in graphQLHeaders.all { headers[name] = value }
        case let path where path.hasSuffix("/orgs/acme"): answer.body = organization
        case let path where path.hasSuffix("/hooks"): answer = (404, #"{"message": "Not Found"}"#)
        default: break
        }
        return HTTPResponse(status: answer.status, headers: headers, body: Data(answer.body.utf8), url: request.url)
      }
      let host = GitHubCodeHost(
        organization: "acme", token: try #require(Secret(token)), transport: transport,
        clock: ManualClock(startingAt: Stub.now, skipsSleep: true))
      return (try await host.diagnose(), transport)
    }
  }

  @Test func `an owner with all scopes is connected`() async throws {
    let (diagnosis, transport) = try await Answers().diagnose()
    #expect(diagnosis.status == .connected && diagnosis.message == "Successfully connected via mona")
    #expect(
      diagnosis.organizations == [
        OrganizationAccess(name: "Acme", state: .granted, role: .admin, visibleRepositories: 5, allRepositories: 5)
      ])
    #expect(diagnosis.server == .init(web: "https://github.com", api: "https://api.github.com", product: "GitHub.com"))
    #expect(transport.requests.count == 4)
  }

  @Test(arguments: [
    ("admin:org, repo", true), ("write:org, repo", true), ("read:org repo", true), ("user,repo", false), ("", false),
  ])
  func `scopes stand for those they imply`(scopes: String, readsOrganizations: Bool) async throws {
    let credential = try await Answers(scopes: scopes).diagnose().0.credential
    let all = (credential.scopes ?? []) + (credential.impliedScopes ?? [])
    #expect(all.contains("read:org") == readsOrganizations)
    #expect(all.contains("repo:status") == scopes.contains("repo") && Set(all).count == all.count)
  }

  @Test func `an invitation that was not accepted is the first thing to do`() async throws {
    let pending = #"[{"role": "member", "state": "pending", "organization": {"login": "ACME"}}]"#
    let access = try await Answers(memberships: pending, graphQL: Answers.granted(isOwner: false)).diagnose().0.organizations[0]
    #expect(access.isPending && access.role == .member && access.remedy?.who == .account)
    #expect(access.remedy?.page == "https://github.com/orgs/Acme/invitation")
  }

  @Test func `somebody who is no member is told to be invited, unless the list may lack the organisation`() async throws {
    let outside = Answers(memberships: "[]", graphQL: Answers.granted(isOwner: false))
    let access = try await outside.diagnose().0.organizations[0]
    #expect(access.role == OrganizationAccess.Role.none && access.remedy?.action == "ask an owner of Acme to invite mona")
    var partial = outside
    partial.membershipHeaders = ["X-GitHub-SSO": "partial-results; organizations=21955855,20582480"]
    let diagnosis = try await partial.diagnose().0
    #expect(diagnosis.organizations[0].role == nil && diagnosis.organizations[0].remedy == nil)
    #expect(diagnosis.notes.count == 1 && diagnosis.notes[0].hasPrefix("2 organisations of the account stay hidden"))
  }

  @Test(arguments: ["admin", "member", "billing_manager"])
  func `the role is the organisation's word`(role: String) async throws {
    let list = #"[{"role": "\#(role)", "state": "active", "organization": {"login": "acme"}}]"#
    #expect(try await Answers(memberships: list).diagnose().0.organizations[0].role?.rawValue == role)
  }

  @Test func `private repositories that the account was not added to are counted`() async throws {
    let member = #"[{"role": "member", "state": "active", "organization": {"login": "acme"}}]"#
    let answers = Answers(memberships: member, graphQL: Answers.granted(isOwner: false, count: 3))
    let access = try await answers.diagnose().0.organizations[0]
    #expect(access.hiddenRepositories == 2 && access.remedy?.who == .owner)
    #expect(access.remedy?.reason == "2 of 5 repositories are hidden: mona was not added to them")
    let list = "https://github.com/orgs/Acme/repositories"
    #expect(access.remedy?.nextStep == "ask an owner of Acme to add mona to each private repository: \(list)")
  }

  @Test func `a count that GitHub does not tell is not made up`() async throws {
    let access = try await Answers(organization: #"{"login": "acme", "public_repos": 2}"#).diagnose().0.organizations[0]
    #expect(access.visibleRepositories == 5 && access.allRepositories == nil && access.hiddenRepositories == nil)
  }

  @Test(arguments: [
    ("pullRequests", "read pull requests", "Pull requests: read"), ("issues", "read tickets", "Issues: read"),
    ("deployments", "read deployments", "Deployments: read"),
    ("statusCheckRollup", "read checks", "Checks: read, Commit statuses: read"),
  ])
  func `a fine-grained token that lacks one permission is told which`(
    field: String, name: String, permission: String
  ) async throws {
    let error = #"""
      [{"type": "FORBIDDEN", "path": ["organization", "repositories", "nodes", 0, "\#(field)"],
      "message": "Resource not accessible by personal access token"}]
      """#
    let answers = Answers(scopes: nil, graphQL: Answers.granted(errors: error))
    let diagnosis = try await answers.diagnose(token: "github_pat_x").0
    let refused = diagnosis.capabilities.filter { $0.available == false && $0.service != .webhooks }
    #expect(refused.map(\.name) == [name] && refused.first?.needs == permission)
    #expect(refused.first?.nextStep == "give it the permission \(permission): https://github.com/settings/personal-access-tokens")
  }

  @Test func `without a repository to try it on nothing is claimed`() async throws {
    let answers = Answers(scopes: nil, graphQL: Answers.granted(count: 0, probe: ""))
    let rows = try await answers.diagnose(token: "github_pat_x").0.capabilities
    #expect(rows.prefix(5).allSatisfy { $0.available == nil && $0.reason != nil })
  }

  @Test func `single sign-on that only GraphQL tells of has its page`() async throws {
    let refused = #"""
      {"data": {"viewer": {"login": "mona"}, "organization": null},
      "errors": [{"type": "FORBIDDEN", "path": ["organization"], "extensions": {"saml_failure": true}, "message": "x"}]}
      """#
    let page = "https://github.com/orgs/acme/sso?authorization_request=AABPP"
    let answers = Answers(graphQL: refused, graphQLHeaders: ["X-GitHub-SSO": "required; url=\(page)"])
    let diagnosis = try await answers.diagnose().0
    #expect(diagnosis.status == .failed && diagnosis.organizations[0].state == .singleSignOnRequired)
    #expect(diagnosis.organizations[0].remedy?.page == page)
    #expect(!diagnosis.message.contains("authorization_request"))
  }

  @Test(arguments: ["http://github.com/x", "javascript:x", "https://me@github.com/x", ""])
  func `a page that is no page is not shown`(url: String) async throws {
    let refused = #"{"data": {"organization": null}, "errors": [{"type": "FORBIDDEN", "extensions": {"saml_failure": true}}]}"#
    let answers = Answers(graphQL: refused, graphQLHeaders: ["X-GitHub-SSO": "required; url=\(url)"])
    #expect(try await answers.diagnose().0.organizations[0].remedy?.page == "https://github.com/settings/tokens")
  }

  @Test func `a token that HTTP cannot carry is not sent`() async throws {
    let (diagnosis, transport) = try await Answers().diagnose(token: "ghp_a\nb")
    #expect(diagnosis.status == .failed && transport.requests.isEmpty)
    #expect(diagnosis.message.hasPrefix("the token holds a line break"))
  }

  @Test func `a token with quotation marks is tried all the same, and the refusal says so`() async throws {
    let dead = Answers(user: (401, #"{"message": "Bad credentials"}"#))
    let (diagnosis, transport) = try await dead.diagnose(token: "\"ghp_abc\"")
    #expect(transport.requests.count == 1)
    #expect(diagnosis.credential.complaint == "it has quotation marks around it; copy the token alone")
    #expect(diagnosis.message.contains("quotation marks") && diagnosis.organizations.map(\.state) == [.unknown])
  }

  @Test func `an old token is told by what GitHub says of it`() async throws {
    let old = String(repeating: "a1", count: 20)
    #expect(try await Answers().diagnose(token: old).0.credential.kind == .classicToken)
    var app = Answers()
    app.headers = ["X-OAuth-Client-Id": "Iv1.x"]
    #expect(try await app.diagnose(token: old).0.credential.kind == .oauth)
  }

  @Test func `lists that cannot be read leave the role to what the organisation says`() async throws {
    let access = try await Answers(memberships: #"{"message": "no"}"#).diagnose().0.organizations[0]
    #expect(access.role == .admin && access.state == .granted)
  }
}
