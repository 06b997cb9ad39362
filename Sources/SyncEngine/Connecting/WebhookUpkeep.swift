public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// Registers a connection's webhooks without doubling them, watches them and mends them.
///
/// What it finds is kept as `Webhook` records under the connection, and the secret that deliveries are signed with in the secret
/// store under `SecretName.webhook`. What goes wrong at the service is a record with the status `failed` or `unknown` and a reason,
/// not an error: a connection works without webhooks, only later.
///
/// ```swift
/// let upkeep = WebhookUpkeep(of: connection, at: gitHub, store: store, secrets: secrets)
/// print(try await upkeep.register(url, on: .organization("acme")).status)   // active
/// for webhook in try await upkeep.check() { print(webhook.status, webhook.reason ?? "") }
/// ```
///
/// Every function throws `StoreError` and `SealingError` when something cannot be kept, and `CancellationError`.
public struct WebhookUpkeep: Sendable {
  let connection: ConnectionID
  let registrar: any WebhookRegistrar
  let store: any Store
  let secrets: any SecretStore
  let clock: any WallClock

  /// The most repositories that get a webhook of their own. GitHub allows 500 writes of this kind an hour.
  public static let mostRepositories = 400

  /// Makes the upkeep of a connection; nothing is asked yet.
  public init(
    of connection: ConnectionID, at registrar: any WebhookRegistrar, store: any Store, secrets: any SecretStore,
    clock: any WallClock = .system
  ) {
    self.connection = connection
    self.registrar = registrar
    self.store = store
    self.secrets = secrets
    self.clock = clock
  }

  /// The webhooks of the connection as they are kept, that of the organisation first.
  public func webhooks() async throws -> [Webhook] {
    let all = try await store.all(RecordQuery(Webhook.self, connection: connection))
    return all.sorted { ($0.repositoryID == nil ? 0 : 1, $0.recordID) < ($1.repositoryID == nil ? 0 : 1, $1.recordID) }
  }

  // MARK: What all parts share

  func kept(_ target: WebhookTarget) async throws -> Webhook? {
    let id = target.repositoryID.map { RecordID(unchecked: "repository:\($0)") }
    return try await store.record(
      Webhook.self, id: id ?? Webhook.recordID(ofOrganization: target.organization), connection: connection)
  }

  func keep(_ webhook: Webhook) async throws -> Webhook {
    var batch = StoreBatch(connection: connection)
    batch.upsert(webhook)
    try await store.write(batch)
    return webhook
  }

  /// What a record is about; `nil` for a repository whose present name is not known.
  func target(of webhook: Webhook) async throws -> WebhookTarget? {
    guard let id = webhook.repositoryID else { return .organization(webhook.organization) }
    let repository = try await store.record(
      Repository.self, id: RecordID(unchecked: id.rawValue), connection: connection)
    return repository.map { .repository($0.name, id: id) }
  }
}

extension Webhook {
  /// Whether the newest delivery was accepted.
  var hasArrived: Bool { lastDeliveryStatus.map((200...299).contains) == true }

  /// Notes that something does not work.
  mutating func fail(_ reason: String, retryHelps: Bool, at now: Date, status: Status = .failed) {
    self.status = status
    self.reason = reason
    self.retryHelps = retryHelps
    checkedAt = now
  }

  /// Notes what the service did not do.
  mutating func fail(_ error: IntegrationError, at now: Date, status: Status = .failed) {
    fail(error.reason, retryHelps: error.retry != .never, at: now, status: status)
  }
}
