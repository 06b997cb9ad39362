public import KoalrDomain
public import KoalrIntegrationProtocols
import KoalrStorage

extension WebhookUpkeep {
  /// Registers a webhook, or makes the one that is there what it should be: all events, our secret, turned on.
  ///
  /// Doing it again changes nothing. What is known to stand in the way is found out before anything is written.
  @discardableResult
  public func register(_ url: WebhookURL, on target: WebhookTarget) async throws -> Webhook {
    let earlier = try await kept(target)
    var webhook =
      earlier
      ?? Webhook(
        id: nil, organization: target.organization, repositoryID: target.repositoryID, url: url, status: .unknown)
    webhook.url = url
    do {
      if let obstacle = try await registrar.obstacle(toWebhookOf: target) {
        webhook.fail(obstacle, at: clock.now())
      } else {
        let wanted = WantedWebhook(url: url, events: registrar.webhookEvents(of: target), secret: try await secret())
        webhook.take(try await ensure(wanted, on: target, earlier: earlier?.id), at: clock.now())
      }
    } catch let error as IntegrationError {
      webhook.fail(error, at: clock.now())
    }
    return try await keep(webhook)
  }

  /// Registers a webhook for each repository, where the organisation allows none of its own.
  ///
  /// Archived repositories get none, and none is made while the organisation's is active, because everything would be told twice.
  /// The first ``mostRepositories`` count; a service that asks to slow down ends it, and doing it again goes on.
  public func register(_ url: WebhookURL, onEach repositories: [Repository]) async throws -> [Webhook] {
    guard try await !webhooks().contains(where: { $0.repositoryID == nil && $0.status == .active }) else { return [] }
    var registered: [Webhook] = []
    for repository in repositories.filter({ !$0.archived }).prefix(Self.mostRepositories) {
      try Task.checkCancellation()
      let webhook = try await register(url, on: .repository(repository.name, id: repository.id))
      registered.append(webhook)
      // What helps against this is time, and the next repository needs it too.
      if webhook.status == .failed, webhook.retryHelps == true { break }
    }
    if registered.contains(where: { $0.status == .active }) { try await forgetOrganizations() }
    return registered
  }

  /// That an organisation allows none no longer matters once its repositories have theirs.
  private func forgetOrganizations() async throws {
    var batch = StoreBatch(connection: connection)
    for webhook in try await webhooks() where webhook.repositoryID == nil && webhook.id == nil {
      batch.delete(Webhook.self, id: webhook.recordID)
    }
    try await store.write(batch)
  }

  /// Registers again what is kept: after a failure, with a new credential, or for another address.
  public func retry(_ url: WebhookURL? = nil) async throws -> [Webhook] {
    var webhooks = try await webhooks()
    for index in webhooks.indices {
      guard let target = try await target(of: webhooks[index]) else {
        webhooks[index] = try await keepNameless(webhooks[index])
        continue
      }
      webhooks[index] = try await register(url ?? webhooks[index].url, on: target)
    }
    return webhooks
  }

  /// Notes that registering did not end in time.
  func noteUnfinished(_ url: WebhookURL, on target: WebhookTarget) async throws {
    var webhook =
      try await kept(target)
      ?? Webhook(
        id: nil, organization: target.organization, repositoryID: target.repositoryID, url: url, status: .unknown)
    let seconds = ConnectionLifecycle.webhookDeadline.components.seconds
    webhook.fail("registering did not end within \(seconds) seconds; it is tried again", retryHelps: true, at: clock.now())
    _ = try await keep(webhook)
  }

  func keepNameless(_ webhook: Webhook) async throws -> Webhook {
    var webhook = webhook
    let reason = "the name of its repository is not known; sync first"
    webhook.fail(reason, retryHelps: true, at: clock.now(), status: .unknown)
    return try await keep(webhook)
  }

  private func ensure(
    _ wanted: WantedWebhook, on target: WebhookTarget, earlier id: SourceID?
  ) async throws -> RegisteredWebhook {
    if let there = try await find(wanted.url, id, on: target) {
      return try await registrar.changeWebhook(there, to: wanted, on: target)
    }
    do {
      return try await registrar.createWebhook(wanted, on: target)
    } catch let error as IntegrationError where error.leavesDoubt {
      // Perhaps it was made and only the answer was lost, or somebody else made it a moment ago.
      if let there = try await find(wanted.url, nil, on: target) {
        return try await registrar.changeWebhook(there, to: wanted, on: target)
      }
      guard error.code != .conflict else { throw error }
      return try await registrar.createWebhook(wanted, on: target)
    }
  }

  private func find(_ url: WebhookURL, _ id: SourceID?, on target: WebhookTarget) async throws -> SourceID? {
    let all = try await registrar.allWebhooks(of: target)
    return (all.first { $0.url == url.rawValue } ?? all.first { $0.id == id })?.id
  }

  /// The secret is kept before the service learns it, so that no delivery arrives that cannot be checked.
  private func secret() async throws -> Secret {
    if let secret = try await secrets.secret(.webhook, connection: connection) { return secret }
    let secret = registrar.newWebhookSecret()
    try await secrets.save(secret, name: .webhook, connection: connection)
    return secret
  }
}

extension IntegrationError {
  /// Whether what was asked for may have been done all the same, or may be there already.
  fileprivate var leavesDoubt: Bool { code == .conflict || code == .unavailable || code == .unexpectedResponse }
}

extension Webhook {
  fileprivate mutating func take(_ registered: RegisteredWebhook, at now: Date) {
    if id != registered.id { (lastDeliveryAt, lastDeliveryStatus) = (nil, nil) }
    id = registered.id
    events = registered.events
    active = registered.active
    registeredAt = registeredAt ?? now
    if lastDeliveryAt != nil, !hasArrived {
      let reason = "it is registered, and the newest delivery did not arrive; a ping shows whether the next one does"
      return fail(reason, retryHelps: false, at: now, status: .unknown)
    }
    status = .active
    (reason, retryHelps) = (nil, nil)
    checkedAt = now
  }
}
