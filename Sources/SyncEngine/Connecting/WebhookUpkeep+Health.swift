public import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension WebhookUpkeep {
  /// How often a ping's delivery is looked for, a second apart.
  static let pingLooks = 10

  /// Looks whether the webhooks are registered, turned on, and their newest deliveries arrived. Two requests for each; to be done
  /// from time to time.
  public func check() async throws -> [Webhook] {
    try await each { try await examined($0, $1, on: $2) }
  }

  /// Has each webhook deliver a ping and looks for what became of it, for ten seconds at most.
  public func ping() async throws -> [Webhook] {
    try await each { try await pinged($0, $1, on: $2) }
  }

  private typealias Look = @Sendable (Webhook, SourceID, WebhookTarget) async throws -> Webhook

  private func each(_ look: Look) async throws -> [Webhook] {
    var webhooks = try await webhooks()
    for index in webhooks.indices {
      var webhook = webhooks[index]
      // What was never registered has a reason already.
      guard let id = webhook.id else { continue }
      guard let target = try await target(of: webhook) else {
        webhooks[index] = try await keepNameless(webhook)
        continue
      }
      do {
        webhook = try await look(webhook, id, target)
      } catch let error as IntegrationError where error.code == .notFound {
        webhook = try await missed(webhook, on: target)
      } catch let error as IntegrationError {
        webhook.fail(error, at: clock.now(), status: .unknown)
      }
      webhooks[index] = try await keep(webhook)
    }
    return webhooks
  }

  /// Decides about a webhook that the service does not show: it is gone, or hidden from the account.
  private func missed(_ webhook: Webhook, on target: WebhookTarget) async throws -> Webhook {
    var webhook = webhook
    do {
      if let obstacle = try await registrar.obstacle(toWebhookOf: target) {
        webhook.fail(obstacle, at: clock.now(), status: .unknown)
      } else {
        webhook.isGone(at: clock.now())
      }
    } catch let error as IntegrationError {
      webhook.fail(error, at: clock.now(), status: .unknown)
    }
    return webhook
  }

  private func examined(_ old: Webhook, _ id: SourceID, on target: WebhookTarget) async throws -> Webhook {
    var webhook = old
    guard let there = try await registrar.allWebhooks(of: target).first(where: { $0.id == id }) else {
      webhook.isGone(at: clock.now())
      return webhook
    }
    webhook.events = there.events
    webhook.active = there.active
    let missing = Set(registrar.webhookEvents(of: target)).subtracting(there.events).sorted()
    if !there.active {
      webhook.fail("it was turned off at the service; a retry turns it on", retryHelps: true, at: clock.now())
    } else if there.url != webhook.url.rawValue {
      webhook.fail("it was sent to another address at the service; a retry brings it back", retryHelps: true, at: clock.now())
    } else if !missing.isEmpty {
      let words = missing.joined(separator: ", ")
      webhook.fail("it no longer tells of \(words); a retry asks for that again", retryHelps: true, at: clock.now())
    } else {
      webhook.judge(try await registrar.deliveries(of: id, on: target, after: nil).elements, at: clock.now())
    }
    return webhook
  }

  private func pinged(_ old: Webhook, _ id: SourceID, on target: WebhookTarget) async throws -> Webhook {
    var webhook = old
    let before = Set(try await registrar.deliveries(of: id, on: target, after: nil).elements.map(\.id))
    try await registrar.pingWebhook(id, on: target)
    for _ in 0..<Self.pingLooks {
      try await clock.sleep(for: .seconds(1))
      let fresh = try await registrar.deliveries(of: id, on: target, after: nil).elements
        .filter { $0.isPing && $0.outcome != .pending && !before.contains($0.id) }
      guard let ping = fresh.first else { continue }
      webhook.judge([ping], at: clock.now())
      return webhook
    }
    webhook.fail("the ping was not delivered yet; check again in a minute", retryHelps: true, at: clock.now(), status: .unknown)
    return webhook
  }
}

extension Webhook {
  fileprivate mutating func isGone(at now: Date) {
    (id, active, events, registeredAt) = (nil, nil, [], nil)
    fail("it was removed at the service; a retry registers it again", retryHelps: true, at: now)
  }

  /// Decides by the newest attempts that have ended, the newest first.
  fileprivate mutating func judge(_ deliveries: [DeliveryAttempt], at now: Date) {
    let ended = deliveries.filter { $0.outcome != .pending }
    if let newest = ended.first { (lastDeliveryAt, lastDeliveryStatus) = (newest.deliveredAt, newest.status) }
    let failed = ended.prefix { $0.outcome == .failed }
    guard let newest = failed.first else {
      status = .active
      reason = ended.first?.throttledAt == nil ? nil : "the service holds deliveries back because there are too many"
      retryHelps = nil
      checkedAt = now
      return
    }
    let how = newest.status.map { "the receiver answered with status \($0)" } ?? "the receiver was not reached"
    let count = failed.count == 1 ? "the newest delivery" : "the newest \(failed.count) deliveries"
    fail("\(count) failed: \(how); mend the receiver, then deliver again what was missed", retryHelps: false, at: now)
  }
}
