public import KoalrCore
import Synchronization

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockWebhookHost: ConnectionTestable {
  public func testConnection() async throws -> Connection { try await answer(.test) { $0.connection } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockWebhookHost: WebhookRegistrar {
  public func webhookEvents(of target: WebhookTarget) -> [String] {
    target.repositoryID == nil ? ["issues", "membership", "push"] : ["issues", "push"]
  }

  public var redeliveryWindow: Duration { .seconds(3 * 86_400) }

  public func newWebhookSecret() -> Secret {
    let number = state.withLock { $0.nextID() }
    guard let secret = Secret("secret-of-the-mock-number-\(number)") else { preconditionFailure("A word must be a secret.") }
    return secret
  }

  public func obstacle(toWebhookOf target: WebhookTarget) async throws -> IntegrationError? {
    try await answer(.obstacle) { target.repositoryID == nil ? $0.obstacle : nil }
  }

  public func webhooks(of target: WebhookTarget, after cursor: Cursor?) async throws -> Page<RegisteredWebhook> {
    try await answer(.list) { state in
      page(of: state.hooks.filter { $0.target == target }.map(\.described), after: cursor)
    }
  }

  public func createWebhook(_ wanted: WantedWebhook, on target: WebhookTarget) async throws -> RegisteredWebhook {
    let now = clock.now()
    return try await answer(.create) { state in
      guard !state.hooks.contains(where: { $0.target == target && $0.wanted.url == wanted.url }) else {
        throw error(.conflict, "register a webhook", "there is one for this address")
      }
      let hook = Hook(id: state.nextID(), target: target, wanted: wanted, createdAt: now)
      state.hooks.append(hook)
      state.deliver("ping", on: state.hooks.count - 1, at: now)
      return hook.described
    }
  }

  public func changeWebhook(
    _ id: SourceID, to wanted: WantedWebhook, on target: WebhookTarget
  ) async throws -> RegisteredWebhook {
    try await answer(.change) { state in
      let index = try place(id, target, state)
      state.hooks[index].wanted = wanted
      return state.hooks[index].described
    }
  }

  public func pingWebhook(_ id: SourceID, on target: WebhookTarget) async throws {
    let now = clock.now()
    try await answer(.ping) { state in state.deliver("ping", on: try place(id, target, state), at: now) }
  }

  public func deliveries(
    of id: SourceID, on target: WebhookTarget, after cursor: Cursor?
  ) async throws -> Page<DeliveryAttempt> {
    try await answer(.deliveries) { state in
      page(of: state.hooks[try place(id, target, state)].deliveries.reversed(), after: cursor)
    }
  }

  public func redeliver(_ delivery: SourceID, of id: SourceID, on target: WebhookTarget) async throws {
    let now = clock.now()
    try await answer(.redeliver) { state in
      let index = try place(id, target, state)
      guard let earlier = state.hooks[index].deliveries.first(where: { $0.id == delivery }) else {
        throw error(.notFound, "deliver again", "there is no such delivery")
      }
      state.deliver(earlier.event, on: index, guid: earlier.guid, at: now)
    }
  }

  @discardableResult
  public func deleteWebhook(_ id: SourceID, on target: WebhookTarget) async throws -> Bool {
    try await answer(.delete) { state in
      guard let index = try? place(id, target, state) else { return false }
      state.hooks.remove(at: index)
      return true
    }
  }
}

extension MockWebhookHost {
  private func answer<Answer: Sendable>(
    _ call: Call, _ effect: @Sendable (inout State) throws -> Answer
  ) async throws -> Answer {
    try Task.checkCancellation()
    let action = state.withLock { state in
      state.calls.append(call)
      return state.actions.firstIndex { $0.call == call }.map { state.actions.remove(at: $0) }
    }
    if let action, !action.done { try await action.body() }
    let result = try state.withLock { try effect(&$0) }
    if let action, action.done { try await action.body() }
    return result
  }

  private func place(_ id: SourceID, _ target: WebhookTarget, _ state: State) throws -> Int {
    if let index = state.hooks.firstIndex(where: { $0.id == id && $0.target == target }) { return index }
    throw error(.notFound, "look at a webhook", "there is none")
  }

  private func page<Element>(of all: [Element], after cursor: Cursor?) -> Page<Element> {
    let start = min(cursor.flatMap { Int($0.rawValue) } ?? 0, all.count)
    let end = min(start + pageSize, all.count)
    return Page(Array(all[start..<end]), next: end < all.count ? Cursor(String(end)) : nil)
  }

  private func error(_ code: IntegrationError.Code, _ operation: String, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }
}
