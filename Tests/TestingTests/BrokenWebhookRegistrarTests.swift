import KoalrCore
import KoalrTesting
import Testing

struct BrokenWebhookRegistrarTests {
  private static let url = WebhookURL(unchecked: "https://koalr.example/webhooks/github")
  private static let targets: [WebhookTarget] = [
    .organization("acme"), .repository(RepositoryName(unchecked: "acme/api"), id: RepositoryID(unchecked: "R_1")),
  ]

  static func host() -> MockWebhookHost {
    MockWebhookHost(clock: ManualClock(startingAt: SampleOrganisation.now), pageSize: 2)
  }

  @Test(arguments: WebhookRegistrarContract.Promise.allCases, targets)
  func `the mock keeps`(_ promise: WebhookRegistrarContract.Promise, of target: WebhookTarget) async throws {
    try await WebhookRegistrarContract(on: target, deliveringTo: Self.url) { Self.host() }.check(promise)
  }

  @Test(arguments: WebhookRegistrarContract.Promise.allCases)
  func `the contract catches a registrar that breaks`(_ promise: WebhookRegistrarContract.Promise) async throws {
    await expectBroken(promise) {
      let contract = WebhookRegistrarContract(on: Self.targets[0], deliveringTo: Self.url) {
        BreakingRegistrar(promise: promise, sound: Self.host())
      }
      try await contract.check(promise)
    }
  }
}

private struct BreakingRegistrar: WebhookRegistrar {
  var promise: WebhookRegistrarContract.Promise
  var sound: MockWebhookHost
  private static let same = BrokenWebhookRegistrarTests.host().newWebhookSecret()

  func webhookEvents(of target: WebhookTarget) -> [String] {
    promise == .names ? ["push", "issues"] : sound.webhookEvents(of: target)
  }

  var redeliveryWindow: Duration { sound.redeliveryWindow }

  func newWebhookSecret() -> Secret { promise == .secrets ? Self.same : sound.newWebhookSecret() }

  func obstacle(toWebhookOf target: WebhookTarget) async throws -> IntegrationError? {
    promise == .seesNoObstacle
      ? IntegrationError(.forbidden, service: .gitHub, operation: "look", reason: "no reason") : nil
  }

  func webhooks(of target: WebhookTarget, after cursor: Cursor?) async throws -> Page<RegisteredWebhook> {
    var page = try await sound.webhooks(of: target, after: cursor)
    if promise == .creates {
      page.elements = page.elements.map { RegisteredWebhook(id: $0.id, url: "", events: [], active: true) }
    }
    return page
  }

  func createWebhook(_ wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook {
    do {
      return try await sound.createWebhook(wanted, on: target)
    } catch let error as IntegrationError where promise == .refusesDoubles && error.code == .conflict {
      return sound.webhooks[0]
    }
  }

  func changeWebhook(_ id: SourceID, to wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook {
    if promise == .changes { return sound.webhooks[0] }
    if promise == .tellsOfGone { return RegisteredWebhook(id: id, url: "", events: [], active: true) }
    return try await sound.changeWebhook(id, to: wanted, on: target)
  }

  func pingWebhook(_ id: SourceID, on target: WebhookTarget) async throws {
    if promise != .pings { try await sound.pingWebhook(id, on: target) }
  }

  func deliveries(of id: SourceID, on target: WebhookTarget, after cursor: Cursor?) async throws -> Page<DeliveryAttempt> {
    var page = try await sound.deliveries(of: id, on: target, after: cursor)
    if promise == .newestFirst { page.elements += page.elements.prefix(1) }
    return page
  }

  func redeliver(_ delivery: SourceID, of id: SourceID, on target: WebhookTarget) async throws {
    if promise == .redelivers { return sound.deliver("push") }
    try await sound.redeliver(delivery, of: id, on: target)
  }

  func deleteWebhook(_ id: SourceID, on target: WebhookTarget) async throws -> Bool {
    if promise == .cancels { return true }
    let was = try await sound.deleteWebhook(id, on: target)
    return promise == .deletes ? true : was
  }
}
