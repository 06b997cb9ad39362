import KoalrCore
import KoalrTesting
import Testing

struct WebhookUpkeepTests {
  @Test func `registering again changes nothing and keeps the secret`() async throws {
    let world = HookWorld()
    let first = try await world.register()
    let secret = try await world.secrets.secret(.webhook, connection: HookWorld.id)
    #expect(first.status == .active && first.reason == nil && first.retryHelps == nil)
    #expect(first.events == ["issues", "membership", "push"] && first.active == true && first.registeredAt == SmallWorld.now)
    #expect(try await world.register() == first)
    #expect(try await world.only() == first)
    #expect(world.host.webhooks.count == 1)
    #expect(world.host.secrets == [secret].compactMap(\.self))
  }

  @Test func `what stands in the way is said before anything is written`() async throws {
    let world = HookWorld()
    world.host.organizationObstacle = world.error(.forbidden, "the token lacks a scope")
    let webhook = try await world.register()
    #expect(webhook.status == .failed && webhook.reason == "the token lacks a scope" && webhook.retryHelps == false)
    #expect(webhook.id == nil && world.host.calls == [.obstacle])
    #expect(try await world.only() == webhook)
  }

  @Test(arguments: [IntegrationError.Code.unavailable, .unexpectedResponse], [true, false])
  func `a lost answer never makes two`(code: IntegrationError.Code, done: Bool) async throws {
    let world = HookWorld()
    world.fail(.create, code, done: done)
    #expect(try await world.register().status == .active)
    #expect(world.host.webhooks.count == 1)
    #expect(world.host.secrets == [try await world.secrets.secret(.webhook, connection: HookWorld.id)].compactMap(\.self))
  }

  @Test func `a webhook that another made and nobody may see is a failure with a reason`() async throws {
    let world = HookWorld()
    world.fail(.create, .conflict, "there is one already that this token may not see")
    let webhook = try await world.register()
    #expect(webhook.status == .failed && webhook.reason == "there is one already that this token may not see")
    #expect(webhook.retryHelps == false && world.host.webhooks.isEmpty)
    #expect(world.host.calls.filter { $0 == .create }.count == 1)
  }

  @Test func `one that is there for our address is taken over`() async throws {
    let world = HookWorld()
    let theirs = WantedWebhook(url: HookWorld.url, events: ["push"], secret: HookWorld.token, active: false)
    _ = try await world.host.createWebhook(theirs, on: HookWorld.target)
    let webhook = try await world.register()
    #expect(webhook.status == .active && webhook.events == ["issues", "membership", "push"])
    #expect(world.host.webhooks.count == 1 && world.host.webhooks.allSatisfy(\.active))
    #expect(world.host.secrets != [HookWorld.token])
  }

  @Test func `another address changes the webhook that is there`() async throws {
    let world = HookWorld()
    let old = try await world.register()
    let elsewhere = WebhookURL(unchecked: "https://elsewhere.example/hooks")
    let new = try await world.upkeep.retry(elsewhere)
    #expect(new.map(\.id) == [old.id] && new.map(\.url) == [elsewhere])
    #expect(world.host.webhooks.map(\.url) == [elsewhere.rawValue])
  }

  struct Ailment: Sendable, CustomTestStringConvertible {
    var name: String
    var reason: String
    var cause: @Sendable (HookWorld) -> Void
    var testDescription: String { name }
  }

  static let ailments = [
    Ailment(name: "turned off", reason: "it was turned off at the service; a retry turns it on") {
      $0.host.meddle { $0.active = false }
    },
    Ailment(name: "removed", reason: "it was removed at the service; a retry registers it again") {
      $0.host.meddle({ _ in }, removing: true)
    },
    Ailment(name: "sent elsewhere", reason: "it was sent to another address at the service; a retry brings it back") {
      $0.host.meddle { $0.url = WebhookURL(unchecked: "https://elsewhere.example/") }
    },
    Ailment(name: "fewer events", reason: "it no longer tells of issues, push; a retry asks for that again") {
      $0.host.meddle { $0.events = ["membership"] }
    },
  ]

  @Test(arguments: ailments)
  func `what somebody did at the service is seen, and a retry mends it`(_ ailment: Ailment) async throws {
    let world = HookWorld()
    try await world.register()
    ailment.cause(world)
    let sick = try #require(try await world.upkeep.check().first)
    #expect(sick.status == .failed && sick.reason == ailment.reason && sick.retryHelps == true)
    #expect(try await world.upkeep.retry().map(\.status) == [.active])
    #expect(try await world.upkeep.check().map(\.status) == [.active])
    #expect(world.host.webhooks.count == 1)
  }

  @Test func `deliveries that fail make it fail, and one that arrives makes it active`() async throws {
    let world = HookWorld()
    try await world.register()
    world.host.receiverStatus = 502
    world.host.deliver("push")
    let refused = try #require(try await world.upkeep.check().first)
    #expect(refused.status == .failed && refused.lastDeliveryStatus == 502 && refused.retryHelps == false)
    #expect(
      refused.reason
        == "the newest delivery failed: the receiver answered with status 502; mend the receiver, then deliver again what was missed"
    )
    world.host.receiverStatus = nil
    world.host.deliver("issues")
    let unreachable = try #require(try await world.upkeep.check().first)
    #expect(
      unreachable.reason
        == "the newest 2 deliveries failed: the receiver was not reached; mend the receiver, then deliver again what was missed")
    #expect(unreachable.lastDeliveryStatus == nil && unreachable.lastDeliveryAt == SmallWorld.now)
    #expect(try await world.upkeep.retry().map(\.status) == [.unknown])
    world.host.receiverStatus = 204
    world.host.deliver("push")
    let well = try #require(try await world.upkeep.check().first)
    #expect(well.status == .active && well.reason == nil && well.lastDeliveryStatus == 204)
  }

  @Test func `a service that cannot be reached leaves the status unknown`() async throws {
    let world = HookWorld()
    let before = try await world.register()
    world.fail(.list, .unavailable, "no answer arrived in time")
    let webhook = try #require(try await world.upkeep.check().first)
    #expect(webhook.status == .unknown && webhook.reason == "no answer arrived in time" && webhook.retryHelps == true)
    #expect(webhook.id == before.id)
  }

  @Test func `one that is hidden from the account is not taken for removed`() async throws {
    let world = HookWorld()
    let before = try await world.register()
    world.fail(.list, .notFound, "it does not exist or hides itself")
    world.host.organizationObstacle = IntegrationError(
      .forbidden, service: .gitHub, operation: "look", reason: "an owner must do it")
    let webhook = try #require(try await world.upkeep.check().first)
    #expect(webhook.status == .unknown && webhook.reason == "an owner must do it" && webhook.id == before.id)
  }

  @Test(arguments: [200, nil, 500]) func `a ping shows whether deliveries arrive`(status: Int?) async throws {
    let world = HookWorld()
    try await world.register()
    world.host.receiverStatus = status
    let webhook = try #require(try await world.upkeep.ping().first)
    #expect(webhook.status == (status == 200 ? .active : .failed) && webhook.lastDeliveryStatus == status)
  }

  // MARK: Missed deliveries

  @Test func `what was missed is delivered again, oldest first and once`() async throws {
    let world = HookWorld()
    try await world.register()
    world.host.receiverStatus = nil
    for event in ["push", "issues", "push"] {
      world.clock.advance(by: .seconds(60))
      world.host.deliver(event)
    }
    world.host.receiverStatus = 200
    world.host.deliver("membership")
    let missed = world.host.attempts.filter { $0.outcome == .failed }.map(\.guid)
    let report = try await world.upkeep.redeliverMissed()
    #expect(report.missed == 3 && report.redelivered == 3 && report.problems.isEmpty)
    #expect(world.host.attempts.suffix(3).map(\.guid) == missed)
    let again = try await world.upkeep.redeliverMissed()
    #expect(again.missed == 0 && again.redelivered == 0)
    #expect(world.host.calls.filter { $0 == .redeliver }.count == 3)
  }

  @Test func `what is older than asked for, or than the service remembers, is left alone`() async throws {
    let world = HookWorld()
    try await world.register()
    world.host.receiverStatus = nil
    world.host.deliver("push")
    world.clock.advance(by: .seconds(86_400))
    world.host.deliver("issues")
    #expect(try await world.upkeep.redeliverMissed(since: world.clock.now() - 60).redelivered == 1)
    world.clock.advance(by: .seconds(3 * 86_400 - 60))
    #expect(try await world.upkeep.redeliverMissed(since: .distantPast).looked == 1)
  }

  @Test func `what failed five times is left alone and said`() async throws {
    let world = HookWorld()
    try await world.register()
    world.host.receiverStatus = 500
    world.host.deliver("push")
    for _ in 0..<4 { #expect(try await world.upkeep.redeliverMissed().redelivered == 1) }
    let report = try await world.upkeep.redeliverMissed()
    #expect(report.redelivered == 0)
    #expect(report.problems == ["Not asked for again, because it failed 5 times: 1 of the missed deliveries of acme."])
  }

  // MARK: Single repositories, and the end

  @Test func `where the organisation allows none each repository gets one, archived ones do not`() async throws {
    let world = HookWorld()
    let repositories = try await world.keepRepositories()
    world.host.organizationObstacle = world.error(.forbidden, "an owner must do it")
    try await world.register()
    let registered = try await world.upkeep.register(HookWorld.url, onEach: repositories)
    #expect(registered.map(\.repositoryID?.rawValue) == ["R_api", "R_web"])
    #expect(registered.allSatisfy { $0.status == .active && $0.events == ["issues", "push"] })
    #expect(try await world.upkeep.webhooks() == registered)
    #expect(try await world.upkeep.check().map(\.status) == [.active, .active])
    #expect(try await world.upkeep.remove() == [])
    #expect(world.host.webhooks.isEmpty)
  }

  @Test func `repositories get none while the organisation's is active`() async throws {
    let world = HookWorld()
    try await world.register()
    let repositories = try await world.keepRepositories()
    #expect(try await world.upkeep.register(HookWorld.url, onEach: repositories).isEmpty)
  }

  @Test func `a service that asks to slow down ends the round, and another goes on`() async throws {
    let world = HookWorld()
    let repositories = try await world.keepRepositories()
    world.host.next(.create) {}
    world.fail(.create, .rateLimited, "the budget is used up")
    #expect(try await world.upkeep.register(HookWorld.url, onEach: repositories).map(\.status) == [.active, .failed])
    #expect(try await world.upkeep.register(HookWorld.url, onEach: repositories).map(\.status) == [.active, .active])
    #expect(world.host.webhooks.count == 2)
  }

  @Test func `removing leaves nothing at the service, no record and no secret`() async throws {
    let world = HookWorld()
    try await world.register()
    #expect(try await world.upkeep.remove() == [])
    #expect(world.host.webhooks.isEmpty)
    #expect(try await world.upkeep.webhooks().isEmpty)
    #expect(try await world.secrets.secret(.webhook, connection: HookWorld.id) == nil)
  }

  @Test func `one that could not be removed stays on record`() async throws {
    let world = HookWorld()
    try await world.register()
    world.fail(.delete, .unauthorized, "the token is dead")
    #expect(
      try await world.upkeep.remove()
        == ["The webhook of acme stays and has to be removed in its settings at the service: the token is dead."])
    #expect(try await world.upkeep.webhooks().count == 1)
    #expect(try await world.secrets.secret(.webhook, connection: HookWorld.id) != nil)
  }
}
