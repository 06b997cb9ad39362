import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// What GitHub's answers about webhooks mean, without a server.
struct HookRefusalTests {
  private static let target = WebhookTarget.organization("acme")
  private static let one = WebhookTarget.repository(RepositoryName(unchecked: "acme/api"), id: RepositoryID(unchecked: "R_api"))
  private static let url = WebhookURL(unchecked: "https://koalr.example/webhooks/github")

  private func wanted(_ gitHub: GitHubCodeHost, of target: WebhookTarget = target) -> WantedWebhook {
    WantedWebhook(url: Self.url, events: gitHub.webhookEvents(of: target), secret: gitHub.newWebhookSecret())
  }

  private static func transport(_ status: Int, _ body: String = "", headers: HTTPHeaders = [:]) -> StubTransport {
    StubTransport { HTTPResponse(status: status, headers: headers, body: Data(body.utf8), url: $0.url) }
  }

  static let refusals: [(status: Int, body: String, code: IntegrationError.Code, reason: String)] = [
    (
      422, #"{"message": "Validation Failed", "errors": [{"message": "Hook already exists on this organization"}]}"#, .conflict,
      "there is a webhook for this address already that this token may not see; remove it in the webhook settings and try again"
    ),
    (
      422, #"{"errors": ["The \"push\" event cannot have more than 20 hooks"]}"#, .misconfigured,
      "there are as many webhooks for one of the events as GitHub allows; remove one in the webhook settings and try again"
    ),
    (
      422, #"{"errors": [{"message": "url is not supported because it isn't reachable over the public Internet (localhost)"}]}"#,
      .misconfigured, "GitHub does not deliver to this address; choose one that the public internet reaches"
    ),
    (422, "<html>", .misconfigured, "GitHub does not take it (status 422); check the address"),
    (401, "{}", .unauthorized, "the token is wrong, expired or revoked; make a new one"),
    (502, "", .unavailable, "GitHub failed (status 502); try again later, and see githubstatus.com"),
  ]

  @Test(arguments: refusals)
  func `a refusal says why and what to do, and nothing secret`(
    status: Int, body: String, code: IntegrationError.Code, reason: String
  ) async throws {
    let gitHub = try Stub.gitHub(Self.transport(status, body))
    let wanted = wanted(gitHub)
    let error = try #require(
      await #expect(throws: IntegrationError.self) { _ = try await gitHub.createWebhook(wanted, on: Self.target) })
    #expect(error.code == code && error.reason == reason)
    #expect(error.operation == "register a webhook of acme")
    let text = "\(error) \(String(reflecting: error)) \(wanted)"
    #expect(!text.contains(Stub.token) && !text.contains(wanted.secret.reveal()))
  }

  struct Obstacle: Sendable, CustomTestStringConvertible {
    var name: String
    var status = 404
    var headers: HTTPHeaders = [:]
    var ofRepository = false
    var reason: String?
    var testDescription: String { name }
  }

  static let obstacles = [
    Obstacle(name: "nothing", status: 200, headers: ["X-OAuth-Scopes": "repo, admin:org_hook"], reason: nil),
    Obstacle(
      name: "the scope", headers: ["X-OAuth-Scopes": "repo, admin:repo_hook"],
      reason: "the token lacks the scope admin:org_hook; give it that scope, or let each repository have a webhook of its own"),
    Obstacle(
      name: "the role", headers: ["X-OAuth-Scopes": "admin:org_hook"],
      reason: "an owner of acme must register the webhook; use an owner's token, or ask one"),
    Obstacle(
      name: "the permission", status: 403, headers: ["X-Accepted-GitHub-Permissions": "organization_hooks=read"],
      reason: "the token may not manage webhooks; give it the organisation permission Webhooks: read and write"),
    Obstacle(
      name: "single sign-on", status: 403, headers: ["X-OAuth-Scopes": "admin:org_hook", "X-GitHub-SSO": "required; url=x"],
      reason: "the organisation requires single sign-on; authorise the token for SSO in GitHub's settings "
        + "(Configure SSO beside the token)"),
    Obstacle(name: "a dead token", status: 401, reason: "the token is wrong, expired or revoked; make a new one"),
    Obstacle(
      name: "the scope for repositories", headers: ["X-OAuth-Scopes": "public_repo"], ofRepository: true,
      reason: "the token lacks a scope; give it repo"),
    Obstacle(
      name: "the role in the repository", headers: ["X-OAuth-Scopes": "repo"], ofRepository: true,
      reason: "an administrator of acme/api must register the webhook; use an administrator's token, or ask one"),
  ]

  @Test(arguments: obstacles) func `what stands in the way is known from a list`(_ obstacle: Obstacle) async throws {
    let transport = Self.transport(obstacle.status, "[]", headers: obstacle.headers)
    let target = obstacle.ofRepository ? Self.one : Self.target
    let found = try await Stub.gitHub(transport).obstacle(toWebhookOf: target)
    #expect(found?.reason == obstacle.reason)
    #expect(found.map { $0.retry == .never } ?? true)
    #expect(transport.requests.map(\.method) == ["GET"])
  }

  @Test func `a failure of GitHub is no obstacle but an error`() async throws {
    await #expect(throws: IntegrationError.self) {
      _ = try await Stub.gitHub(Self.transport(503)).obstacle(toWebhookOf: Self.target)
    }
  }

  @Test func `what is sent asks for JSON, all events and a secret`() async throws {
    let transport = Self.transport(201, #"{"id": 12345678901, "config": {"url": "https://koalr.example/webhooks/github"}}"#)
    let gitHub = try Stub.gitHub(transport)
    let wanted = wanted(gitHub)
    let made = try await gitHub.createWebhook(wanted, on: Self.target)
    #expect(made.id == SourceID(unchecked: "12345678901") && made.url == Self.url.rawValue)
    let request = try #require(transport.requests.first)
    #expect(request.method == "POST" && request.url.path.hasSuffix("/orgs/acme/hooks") && !request.isIdempotent)
    let sent = try #require(request.body)
    let body = try #require(try JSONSerialization.jsonObject(with: sent) as? [String: Any])
    let config = try #require(body["config"] as? [String: String])
    #expect(body["name"] as? String == "web" && body["active"] as? Bool == true)
    #expect(
      body["events"] as? [String] == [
        "check_run", "check_suite", "deployment", "deployment_status", "issue_comment", "issues", "membership", "organization",
        "pull_request", "pull_request_review", "push", "repository", "status", "team",
      ])
    #expect(
      config == [
        "url": Self.url.rawValue, "content_type": "json", "insecure_ssl": "0", "secret": wanted.secret.reveal(),
      ])
    #expect(wanted.secret.reveal().count == 64 && wanted.secret.reveal().allSatisfy { $0.isHexDigit })
    #expect(!gitHub.webhookEvents(of: Self.one).contains { ["membership", "organization", "team"].contains($0) })
  }

  @Test func `writes are a second apart, reads are not`() async throws {
    let clock = ManualClock(startingAt: Stub.now, skipsSleep: true)
    let gitHub = GitHubCodeHost(
      organization: "acme", token: try #require(Secret(Stub.token)), transport: Self.transport(200, "[]"), clock: clock)
    let id = SourceID(unchecked: "1")
    for _ in 0..<3 { try await gitHub.pingWebhook(id, on: Self.target) }
    _ = try await gitHub.webhooks(of: Self.target, after: nil)
    try await gitHub.redeliver(id, of: id, on: Self.target)
    #expect(clock.skippedSleeps == [.seconds(1), .seconds(1), .seconds(1)])
  }

  @Test func `a page on another host is not asked for`() async throws {
    let gitHub = try Stub.gitHub(Self.transport(200, "[]"))
    let elsewhere = Cursor("https://elsewhere.example/orgs/acme/hooks?page=2")
    await #expect(throws: IntegrationError.self) { _ = try await gitHub.webhooks(of: Self.target, after: elsewhere) }
  }

  static let attempts: [(json: String, outcome: DeliveryAttempt.Outcome, status: Int?)] = [
    (#"{"id": 1, "guid": "g", "status_code": 200, "status": "OK", "event": "push"}"#, .accepted, 200),
    (#"{"id": 1, "status_code": 502, "status": "Bad Gateway"}"#, .failed, 502),
    (#"{"id": 1, "status_code": 301, "status": "Moved"}"#, .failed, 301),
    (#"{"id": 1, "status_code": 0, "status": "failed to connect to host"}"#, .failed, nil),
    (#"{"id": 1, "status_code": 0, "status": "pending"}"#, .pending, nil),
    (#"{"id": 1}"#, .pending, nil),
  ]

  @Test(arguments: attempts)
  func `an attempt is read whatever GitHub leaves out`(
    json: String, outcome: DeliveryAttempt.Outcome, status: Int?
  ) async throws {
    let gitHub = try Stub.gitHub(Self.transport(200, "[\(json), {}, null]"))
    let page = try await gitHub.deliveries(of: SourceID(unchecked: "1"), on: Self.target, after: nil)
    #expect(page.elements.map(\.outcome) == [outcome] && page.elements.map(\.status) == [status])
  }

  @Test(arguments: [("https://github.com", 3), ("https://acme.ghe.com", 3), ("https://git.acme.example", 7)])
  func `deliveries are remembered for days`(address: String, days: Int) throws {
    let gitHub = GitHubCodeHost(
      organization: "acme", token: try #require(Secret(Stub.token)), webURL: try #require(URL(string: address)),
      transport: Self.transport(200))
    #expect(gitHub.redeliveryWindow == .seconds(days * 86_400))
  }
}
