import Foundation
import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport
import Testing

/// Webhooks against a GitHub that checks what is sent and really delivers.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct WebhookPeerTests {
  private static let worlds = Once<String, GitHubWorld>()
  private let id = ConnectionID(unchecked: "github")
  private let target = WebhookTarget.organization("acme")

  private func fresh(_ layout: String = "") async throws -> GitHubWorld {
    let world = try await Self.worlds.value(layout) {
      try await GitHubWorld(repositories: 4, changes: 4, layout.isEmpty ? [] : [layout])
    }
    try await world.reset()
    try await world.alarmAtMutations()
    return world
  }

  /// The peers' other host takes every delivery; nobody listens on the other port.
  private func url(_ world: GitHubWorld, isListening: Bool = true) throws -> WebhookURL {
    let address = isListening ? try #require(world.service.foreign) : "http://127.0.0.1:9"
    return try #require(WebhookURL.conventional(at: address, for: .gitHub))
  }

  private func upkeep(
    _ world: GitHubWorld, _ token: String = "classic-owner", secrets: InMemorySecretStore = InMemorySecretStore(),
    store: InMemoryStore = InMemoryStore()
  ) throws -> WebhookUpkeep {
    // The peers deliver in real time.
    WebhookUpkeep(of: id, at: try world.gitHub(token), store: store, secrets: secrets, clock: SystemClock())
  }

  @Test func `what the account may not see is neither gone nor removed`() async throws {
    let world = try await fresh()
    let (secrets, store) = (InMemorySecretStore(), InMemoryStore())
    let webhook = try await upkeep(world, secrets: secrets, store: store).register(try url(world), on: target)
    let member = try upkeep(world, "classic-member", secrets: secrets, store: store)
    let reason = "an owner of acme must register the webhook; use an owner's token, or ask one"
    let seen = try #require(try await member.check().first)
    #expect(seen.status == .unknown && seen.reason == reason && seen.id == webhook.id && webhook.id != nil)
    #expect(try await member.remove().first?.hasSuffix("at the service: \(reason).") == true)
    #expect(try await world.gitHub().webhooks(of: target, after: nil).elements.map(\.id) == [webhook.id])
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var token: String
    var reason: String?
    var testDescription: String { token }
  }

  static let cases = [
    Case(token: "classic-owner"), Case(token: "classic-everything"), Case(token: "classic-expiring"), Case(token: "oauth-owner"),
    Case(token: "fine-grained-full"), Case(token: "installation"),
    Case(
      token: "classic-repo-hook-only",
      reason: "the token lacks the scope admin:org_hook; give it that scope, or let each repository have a webhook of its own"),
    Case(
      token: "classic-member", reason: "an owner of acme must register the webhook; use an owner's token, or ask one"),
    Case(
      token: "fine-grained-no-hooks",
      reason: "the token may not manage webhooks; give it the organisation permission Webhooks: read and write"),
    Case(
      token: "fine-grained-one-repository",
      reason: "the token may not manage webhooks; give it the organisation permission Webhooks: read and write"),
    Case(
      token: "classic-sso-unauthorised",
      reason: "the organisation requires single sign-on; authorise the token for SSO in GitHub's settings "
        + "(Configure SSO beside the token)"),
    Case(
      token: "oauth-restricted",
      reason: "the organisation restricts OAuth apps; an owner must approve this app in the organisation's third-party access "
        + "settings"),
    Case(token: "classic-revoked", reason: "the token is wrong, expired or revoked; make a new one"),
  ]

  @Test(arguments: ["", "--enterprise"])
  func `each kind of token registers the webhook, or says why not before it tries`(layout: String) async throws {
    for one in Self.cases {
      let world = try await fresh(layout)
      let upkeep = try upkeep(world, one.token)
      let webhook = try await upkeep.register(try url(world), on: target)
      #expect(webhook.status == (one.reason == nil ? .active : .failed), "\(one.token): \(webhook)")
      #expect(webhook.reason == one.reason, "\(one.token)")
      #expect(try await world.writes().writes == (one.reason == nil ? ["POST /orgs/{org}/hooks": 1] : [:]), "\(one.token)")
      if one.reason == nil {
        #expect(try await upkeep.check().map(\.status) == [.active], "\(one.token)")
        #expect(try await upkeep.register(try url(world), on: target).id == webhook.id)
        #expect(try await upkeep.remove() == [])
        #expect(try await world.gitHub(one.token).allWebhooks(of: target).isEmpty)
      }
      #expect(try await world.complaints() == [], "\(one.token)")
    }
  }

  @Test func `a token without the organisation's scope gives each repository a webhook`() async throws {
    let world = try await fresh()
    let store = InMemoryStore()
    let gitHub = try world.gitHub("classic-repo-hook-only")
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    var batch = StoreBatch(connection: id)
    for repository in repositories { batch.upsert(repository) }
    try await store.write(batch)
    let upkeep = try upkeep(world, "classic-repo-hook-only", store: store)
    let registered = try await upkeep.register(try url(world), onEach: repositories)
    let living = repositories.filter { !$0.archived }
    #expect(registered.map(\.repositoryID) == living.map(\.id) && living.count < repositories.count)
    #expect(registered.allSatisfy { $0.status == .active }, "\(registered.compactMap(\.reason))")
    _ = try await world.control("emit", #"{"event": "issues", "action": "opened"}"#)
    #expect(try await upkeep.check().allSatisfy { $0.status == .active && $0.lastDeliveryStatus == 200 })
    #expect(try await upkeep.remove() == [])
    #expect(try await world.complaints() == [])
  }

  @Test func `a webhook that a person made is out of an app's sight, and that is said`() async throws {
    let world = try await fresh()
    _ = try await upkeep(world).register(try url(world), on: target)
    let webhook = try await upkeep(world, "oauth-owner").register(try url(world), on: target)
    #expect(webhook.status == .failed && webhook.retryHelps == false)
    #expect(
      webhook.reason
        == "there is a webhook for this address already that this token may not see; remove it in the webhook settings and try again"
    )
    #expect(try await world.gitHub().allWebhooks(of: target).count == 1)
  }

  static let faults = [
    #"{"kind": "status", "status": 502, "times": 1, "match": {"endpoint": "POST /orgs/{org}/hooks"}}"#,
    #"{"kind": "reset", "times": 1, "match": {"endpoint": "POST /orgs/{org}/hooks"}}"#,
    #"{"kind": "truncate", "bytes": 20, "times": 1, "match": {"endpoint": "POST /orgs/{org}/hooks"}}"#,
    #"{"kind": "malformed", "times": 1, "match": {"endpoint": "POST /orgs/{org}/hooks"}}"#,
    #"{"kind": "secondary", "status": 403, "retryAfter": 2, "times": 1, "match": {"endpoint": "POST /orgs/{org}/hooks"}}"#,
    #"{"kind": "status", "status": 502, "times": 1, "match": {"endpoint": "GET /orgs/{org}/hooks"}}"#,
    #"{"kind": "truncate", "bytes": 20, "times": 1, "match": {"endpoint": "PATCH /orgs/{org}/hooks/{hook_id}"}}"#,
  ]

  @Test(arguments: faults) func `whatever goes wrong there is one webhook, and it is active`(_ fault: String) async throws {
    let world = try await fresh()
    try await world.fault(fault)
    let upkeep = try upkeep(world)
    for _ in 0..<2 {
      let webhook = try await upkeep.register(try url(world), on: target)
      #expect(webhook.status == .active, "\(webhook.reason ?? "")")
    }
    #expect(try await world.gitHub().allWebhooks(of: target).count == 1)
    #expect(try await world.complaints() == [])
  }

  @Test func `deliveries that were dropped are seen, found behind the first page, and delivered again once`() async throws {
    let world = try await fresh()
    let upkeep = try upkeep(world)
    try await upkeep.register(try url(world), on: target)
    let dropped = (0..<3).map { _ in #"{"event": "issues", "action": "opened", "drop": true}"# }
    _ = try await world.control("emit", "{\"events\": [\(dropped.joined(separator: ", "))]}")
    let sick = try #require(try await upkeep.check().first)
    #expect(sick.status == .failed && sick.lastDeliveryStatus == nil)
    #expect(
      sick.reason
        == "the newest 3 deliveries failed: the receiver was not reached; mend the receiver, then deliver again what was missed")
    let arrived = Array(repeating: #"{"event": "issue_comment", "action": "created"}"#, count: 110).joined(separator: ", ")
    _ = try await world.control("emit", "{\"events\": [\(arrived)], \"waitMs\": 20000}")
    #expect(try await upkeep.check().map(\.status) == [.active])
    let report = try await upkeep.redeliverMissed()
    #expect(report.missed == 3 && report.redelivered == 3 && report.problems == [] && report.looked > 110)
    _ = try await world.control("emit", #"{"event": "push"}"#)
    #expect(try await upkeep.redeliverMissed().missed == 0)
    let name = "POST /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts"
    #expect(try await world.writes().writes[name] == 3)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [true, false]) func `a ping shows whether the receiver listens`(isListening: Bool) async throws {
    let world = try await fresh()
    let upkeep = try upkeep(world)
    try await upkeep.register(try url(world, isListening: isListening), on: target)
    let webhook = try #require(try await upkeep.ping().first)
    #expect(webhook.status == (isListening ? .active : .failed), "\(webhook.reason ?? "")")
    #expect(webhook.lastDeliveryStatus == (isListening ? 200 : nil))
    #expect(try await world.complaints() == [])
  }

  static let targets: [WebhookTarget] = [
    .organization("acme"),
    .repository(RepositoryName(unchecked: "acme/atlas-api"), id: RepositoryID(unchecked: "R_any")),
  ]

  @Test(arguments: WebhookRegistrarContract.Promise.allCases, targets)
  func `GitHub keeps`(_ promise: WebhookRegistrarContract.Promise, of target: WebhookTarget) async throws {
    let world = try await fresh()
    let contract = WebhookRegistrarContract(on: target, deliveringTo: try url(world)) { try world.gitHub() }
    try await contract.check(promise)
    #expect(try await world.complaints() == [])
  }
}
