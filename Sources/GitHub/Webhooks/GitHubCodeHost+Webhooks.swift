public import KoalrDomain
public import KoalrIntegrationProtocols
import KoalrCryptography
import KoalrHTTPTransport

// Source of the calls: docs.github.com, "REST API endpoints for organization webhooks" and "… for repository webhooks".
// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: WebhookRegistrar {
  public func webhookEvents(of target: WebhookTarget) -> [String] { HookEvents.wanted(of: target) }

  public var redeliveryWindow: Duration { host.isEnterpriseServer ? .seconds(7 * 86_400) : .seconds(3 * 86_400) }

  public func newWebhookSecret() -> Secret {
    let digits = RandomBytes.make(HookEvents.secretBytes).flatMap { [$0 >> 4, $0 & 15] }.map { String($0, radix: 16) }
    guard let secret = Secret(digits.joined()) else { preconditionFailure("Digits must be a secret.") }
    return secret
  }

  public func obstacle(toWebhookOf target: WebhookTarget) async throws -> IntegrationError? {
    let operation = "register a webhook of \(target)"
    let response = try await rest.get(target.hooks, query: [("per_page", "1")], operation: operation)
    return try HookObstacle(response, target: target, clock: clock).error(operation: operation)
  }

  public func webhooks(of target: WebhookTarget, after cursor: Cursor?) async throws -> Page<RegisteredWebhook> {
    let operation = "list webhooks of \(target)"
    let response = try await page(target.hooks, after: cursor, operation: operation)
    let wires = try decode([Lossy<HookWire>].self, response, operation)
    let next = try response.nextLink(service: .gitHub, operation: operation)
    return Page(wires.compactMap { $0.value?.asWebhook }, next: next.map { Cursor($0.absoluteString) })
  }

  public func createWebhook(_ wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook {
    let operation = "register a webhook of \(target)"
    // Not tried again by itself: after a failure nobody knows whether it was made.
    let response = try await write(
      "POST", target.hooks, HookBody(wanted, name: "web"), operation: operation, isIdempotent: false)
    return try webhook(response, operation)
  }

  public func changeWebhook(
    _ id: SourceID, to wanted: WantedWebhook, on target: WebhookTarget
  ) async throws -> RegisteredWebhook {
    let operation = "change the webhook of \(target)"
    // A change without the secret would remove it, so everything is always sent.
    let response = try await write("PATCH", target.hooks + [id.rawValue], HookBody(wanted), operation: operation)
    return try webhook(response, operation)
  }

  public func pingWebhook(_ id: SourceID, on target: WebhookTarget) async throws {
    let operation = "ping the webhook of \(target)"
    let path = target.hooks + [id.rawValue, "pings"]
    try accept(try await write("POST", path, HookBody?.none, operation: operation, isIdempotent: false), operation)
  }

  public func deliveries(
    of id: SourceID, on target: WebhookTarget, after cursor: Cursor?
  ) async throws -> Page<DeliveryAttempt> {
    let operation = "list deliveries of the webhook of \(target)"
    let response = try await page(target.hooks + [id.rawValue, "deliveries"], after: cursor, operation: operation)
    let wires = try decode([Lossy<HookDeliveryWire>].self, response, operation)
    let next = try response.nextLink(service: .gitHub, operation: operation)
    return Page(wires.compactMap { $0.value?.asDelivery }, next: next.map { Cursor($0.absoluteString) })
  }

  public func redeliver(_ delivery: SourceID, of id: SourceID, on target: WebhookTarget) async throws {
    let operation = "deliver again to the webhook of \(target)"
    let path = target.hooks + [id.rawValue, "deliveries", delivery.rawValue, "attempts"]
    try accept(try await write("POST", path, HookBody?.none, operation: operation, isIdempotent: false), operation)
  }

  @discardableResult
  public func deleteWebhook(_ id: SourceID, on target: WebhookTarget) async throws -> Bool {
    let operation = "remove the webhook of \(target)"
    let response = try await write("DELETE", target.hooks + [id.rawValue], HookBody?.none, operation: operation)
    if response.status == 404 {
      // That is also how GitHub hides what the account may not manage.
      if let obstacle = try await obstacle(toWebhookOf: target) { throw obstacle }
      return false
    }
    try accept(response, operation)
    return true
  }
}

extension GitHubCodeHost {
  private func page(_ path: [String], after cursor: Cursor?, operation: String) async throws -> HTTPResponse {
    guard let cursor else { return try await rest.get(path, query: [("per_page", "100")], operation: operation) }
    return try await rest.get(at: cursor, operation: operation)
  }

  private func decode<Value: Decodable>(_ type: Value.Type, _ response: HTTPResponse, _ operation: String) throws -> Value {
    try accept(response, operation)
    return try response.json(type, service: .gitHub, operation: operation)
  }

  private func webhook(_ response: HTTPResponse, _ operation: String) throws -> RegisteredWebhook {
    try decode(HookWire.self, response, operation).asWebhook
  }

  private func accept(_ response: HTTPResponse, _ operation: String) throws {
    guard !(200...299).contains(response.status) else { return }
    throw HookRefusal(response).error(operation: operation)
      ?? GitHubFailure(response, clock: clock).error(operation: operation)
  }

  private func write(
    _ method: String, _ path: [String], _ body: HookBody?, operation: String, isIdempotent: Bool = true
  ) async throws -> HTTPResponse {
    try await rest.write(method, path, body: body, operation: operation, isIdempotent: isIdempotent)
  }
}

extension WebhookTarget {
  /// The path of its webhooks.
  fileprivate var hooks: [String] {
    switch self {
    case .organization(let name): ["orgs", name, "hooks"]
    case .repository(let name, _): ["repos"] + name.rawValue.split(separator: "/").map(String.init) + ["hooks"]
    }
  }
}
