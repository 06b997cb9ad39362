import KoalrCore

extension WebhookRegistrarContract {
  /// How often a delivery is looked for that was asked for a moment ago.
  private static let mostLooks = 200

  func checkNames(_ registrar: any WebhookRegistrar) throws {
    let events = registrar.webhookEvents(of: target)
    try require(!events.isEmpty && events == Set(events).sorted(), .names, "They are \(events).")
  }

  func checkSecrets(_ registrar: any WebhookRegistrar) throws {
    let secrets = [registrar.newWebhookSecret(), registrar.newWebhookSecret()]
    try require(secrets[0] != secrets[1], .secrets, "Two are the same.")
    let shortest = secrets.map { $0.reveal().utf8.count }.min() ?? 0
    try require(shortest >= 16, .secrets, "One has \(shortest) characters.")
  }

  func checkCreates(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    let listed = try await registrar.allWebhooks(of: target)
    try require(listed.map(\.id) == [made.id], .creates, "\(listed.count) are listed, the one that was made among them or not.")
    let events = registrar.webhookEvents(of: target)
    let isWanted = listed.allSatisfy { $0.url == url.rawValue && $0.events == events && $0.active }
    try require(isWanted, .creates, "It is listed otherwise.")
  }

  func checkRefusesDoubles(_ registrar: any WebhookRegistrar) async throws {
    _ = try await create(registrar)
    let code = await refusal { _ = try await create(registrar) }
    try require(code == .conflict, .refusesDoubles, code.map { "It was refused as \($0)." } ?? "It was taken.")
  }

  func checkChanges(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    var wanted = wish(registrar)
    wanted.events = Array(wanted.events.prefix(1))
    wanted.active = false
    _ = try await registrar.changeWebhook(made.id, to: wanted, on: target)
    let listed = try await registrar.allWebhooks(of: target)
    let isChanged = listed.count == 1 && listed.allSatisfy { $0.id == made.id && $0.events == wanted.events && !$0.active }
    try require(isChanged, .changes, "\(listed.count) are listed, the first with \(listed.first?.events ?? []).")
  }

  func checkTellsOfGone(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    try await registrar.deleteWebhook(made.id, on: target)
    let code = await refusal { _ = try await registrar.changeWebhook(made.id, to: wish(registrar), on: target) }
    try require(code == .notFound, .tellsOfGone, code.map { "It was refused as \($0)." } ?? "It was taken.")
  }

  func checkPings(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    let before = try await deliveries(registrar, made.id).count
    try await registrar.pingWebhook(made.id, on: target)
    let after = try await deliveries(registrar, made.id, beyond: before)
    try require(after.count > before && after.first?.isPing == true, .pings, "\(before) deliveries became \(after.count).")
  }

  func checkNewestFirst(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    for _ in 0..<3 {
      let before = try await deliveries(registrar, made.id).count
      try await registrar.pingWebhook(made.id, on: target)
      _ = try await deliveries(registrar, made.id, beyond: before)
    }
    let all = try await deliveries(registrar, made.id)
    try ContractCheck.newestFirst(Promise.newestFirst.rawValue, all.map { (id: $0.id.rawValue, time: $0.deliveredAt) })
    try ContractCheck.unique(Promise.newestFirst.rawValue, all.map(\.id.rawValue))
  }

  func checkRedelivers(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    try await registrar.pingWebhook(made.id, on: target)
    let before = try await deliveries(registrar, made.id, beyond: 0)
    guard let first = before.last else { throw BrokenPromise(Promise.redelivers.rawValue, "There is no delivery.") }
    try await registrar.redeliver(first.id, of: made.id, on: target)
    let after = try await deliveries(registrar, made.id, beyond: before.count)
    let same = after.filter { $0.guid == first.guid }
    try require(
      same.count == 2 && Set(same.map(\.id)).count == 2, .redelivers, "\(same.count) attempts have the guid of the first.")
  }

  func checkDeletes(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    let was = try await registrar.deleteWebhook(made.id, on: target)
    let listed = try await registrar.allWebhooks(of: target)
    try require(was && listed.isEmpty, .deletes, "\(listed.count) are listed.")
    let isStill = try await registrar.deleteWebhook(made.id, on: target)
    try require(!isStill, .deletes, "It was removed twice.")
  }

  func checkSeesNoObstacle(_ registrar: any WebhookRegistrar) async throws {
    let obstacle = try await registrar.obstacle(toWebhookOf: target)
    try require(obstacle == nil, .seesNoObstacle, obstacle?.reason ?? "")
  }

  func checkCancels(_ registrar: any WebhookRegistrar) async throws {
    let made = try await create(registrar)
    let (target, wanted) = (target, wish(registrar))
    let calls: [@Sendable () async throws -> Void] = [
      { _ = try await registrar.webhooks(of: target, after: nil) },
      { _ = try await registrar.deliveries(of: made.id, on: target, after: nil) },
      { _ = try await registrar.changeWebhook(made.id, to: wanted, on: target) },
      { try await registrar.pingWebhook(made.id, on: target) },
      { try await registrar.deleteWebhook(made.id, on: target) },
    ]
    for call in calls { try await ContractCheck.cancelled(Promise.cancels.rawValue, call) }
  }

  // MARK: Steps

  private func wish(_ registrar: any WebhookRegistrar) -> WantedWebhook {
    WantedWebhook(url: url, events: registrar.webhookEvents(of: target), secret: registrar.newWebhookSecret())
  }

  private func create(_ registrar: any WebhookRegistrar) async throws -> RegisteredWebhook {
    try await registrar.createWebhook(wish(registrar), on: target)
  }

  private func refusal(_ call: () async throws -> Void) async -> IntegrationError.Code? {
    do {
      try await call()
      return nil
    } catch {
      return (error as? IntegrationError)?.code ?? .unexpectedResponse
    }
  }

  private func deliveries(
    _ registrar: any WebhookRegistrar, _ id: SourceID, beyond count: Int = -1
  ) async throws -> [DeliveryAttempt] {
    var found: [DeliveryAttempt] = []
    var looks = 0
    repeat {
      found = try await ContractCheck.pages(Promise.newestFirst.rawValue) {
        try await registrar.deliveries(of: id, on: target, after: $0)
      }.flatMap(\.elements)
      looks += 1
    } while found.count <= count && looks < Self.mostLooks
    return found
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }
}
