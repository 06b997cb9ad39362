public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// What connecting, changing a token and disconnecting start.
///
/// ```swift
/// let lifecycle = ConnectionLifecycle(store: store, secrets: secrets, queue: queue)
/// let start = try await lifecycle.connect(ConnectionID("acme"), settings, token: token, through: gitHub, webhook: url)
/// print(start.connection.message ?? "")   // Successfully connected via octocat
/// ```
///
/// The caller has the answer before anything is read: syncs are jobs of the queue, which a ``SyncWorker`` does. A webhook that cannot
/// be registered never fails a connection.
public struct ConnectionLifecycle: Sendable {
  let store: any Store
  let secrets: any SecretStore
  let queue: any JobQueue
  let clock: any WallClock

  /// How long registering a webhook may keep the caller waiting.
  public static let webhookDeadline: Duration = .seconds(30)
  /// When a webhook that failed for a passing reason is registered again.
  static let webhookRetry: Duration = .seconds(60)

  /// Makes the lifecycle of the connections of a store.
  public init(
    store: any Store, secrets: any SecretStore, queue: any JobQueue, clock: any WallClock = .system
  ) {
    self.store = store
    self.secrets = secrets
    self.queue = queue
    self.clock = clock
  }

  /// Tests a credential and, when it is good, saves the connection, enqueues its first sync and registers the webhook.
  ///
  /// - Parameters:
  ///   - id: the id for its records.
  ///   - settings: how a person set it up.
  ///   - token: the credential that `host` uses.
  ///   - host: the adapter; webhooks are registered when it is a `WebhookRegistrar`.
  ///   - url: where events are to be delivered; `nil` for no webhook.
  /// - Returns: what was found. After a failed test nothing is saved.
  /// - Throws: `IntegrationError` when the service could not be reached, `StoreError`, `SealingError`, `JobQueueError`,
  ///   `CancellationError`.
  public func connect(
    _ id: ConnectionID, _ settings: Connection.Settings, token: Secret, through host: any ConnectionTestable,
    webhook url: WebhookURL? = nil
  ) async throws -> ConnectionStart {
    var connection = try await host.testConnection()
    connection.id = id
    connection.settings = settings
    guard connection.status != .failed else { return ConnectionStart(connection: connection) }
    connection.settings?.connectedAt = clock.now()
    try await save(connection, token)
    return try await begin(connection, through: host, webhook: url)
  }

  /// Enqueues the first sync of a connection that was tested and saved, and registers its webhook: the second half of
  /// ``connect(_:_:token:through:webhook:)``, for a program that saves connections in its own way.
  ///
  /// - Throws: as ``connect(_:_:token:through:webhook:)``.
  public func begin(
    _ connection: Connection, through host: any ConnectionTestable, webhook url: WebhookURL? = nil
  ) async throws -> ConnectionStart {
    let chosen = connection.settings
    let names = connection.organizations.isEmpty ? chosen?.organizations ?? [] : connection.organizations
    let wanted = chosen?.isOn(.webhooks) == false ? nil : url
    let wishes = wanted.map { url in names.map { (url, WebhookTarget.organization($0)) } } ?? []
    return try await start(connection, isFirst: true, through: host, wishes)
  }

  /// Tests a new credential and, when it is good, saves it in place of the old one, checks the webhook with it and enqueues a sync.
  /// All data stays.
  ///
  /// - Returns: what was found. After a failed test the old credential stays.
  /// - Throws: as ``connect(_:_:token:through:webhook:)``, and ``ConnectionChangeError`` when there is no such connection or the
  ///   credential is for another organisation.
  public func replaceToken(
    of id: ConnectionID, with token: Secret, through host: any ConnectionTestable
  ) async throws -> ConnectionStart {
    let old = try await saved(id)
    var connection = try await host.testConnection()
    connection.id = id
    connection.settings = old.settings
    guard connection.status != .failed else { return ConnectionStart(connection: connection) }
    if let other = connection.isOther(than: old) {
      throw ConnectionChangeError(
        description: "The token belongs to \(other.new), and the connection holds records of \(other.old). The saved token stays."
      )
    }
    try await save(connection, token)
    let webhooks = try await store.all(RecordQuery(Webhook.self, connection: id))
    let whole = webhooks.filter { $0.repositoryID == nil }
    // Those of single repositories are too many to wait for.
    if webhooks.contains(where: { $0.repositoryID != nil }) { try await queue.enqueue(ConnectionJob(.webhook, of: id).job()) }
    return try await start(
      connection, isFirst: false, through: host, whole.map { ($0.url, .organization($0.organization)) })
  }

  /// The upkeep of a connection's webhooks, for checks from time to time and for retries.
  public func upkeep(of id: ConnectionID, at registrar: any WebhookRegistrar) -> WebhookUpkeep {
    WebhookUpkeep(of: id, at: registrar, store: store, secrets: secrets, clock: clock)
  }

  /// Enqueues a sync, unless one waits or runs.
  ///
  /// - Throws: `JobQueueError`.
  @discardableResult
  public func enqueueSync(of id: ConnectionID) async throws -> JobID {
    try await queue.enqueue(ConnectionJob(.sync, of: id).job())
  }

  // MARK: Steps

  private func start(
    _ connection: Connection, isFirst: Bool, through host: any ConnectionTestable,
    _ wishes: [(url: WebhookURL, target: WebhookTarget)]
  ) async throws -> ConnectionStart {
    var start = ConnectionStart(connection: connection, isSaved: true)
    start.sync = try await queue.enqueue(ConnectionJob(.sync, of: connection.id).job(isFirst: isFirst))
    guard !wishes.isEmpty, let registrar = host as? any WebhookRegistrar else { return start }
    let upkeep = upkeep(of: connection.id, at: registrar)
    let each = Self.webhookDeadline / wishes.count
    for (url, target) in wishes {
      let inTime = try await Deadline.run(each, by: clock) { try await upkeep.register(url, on: target) }
      if inTime == nil { try await upkeep.noteUnfinished(url, on: target) }
    }
    start.webhooks = try await upkeep.webhooks()
    if start.webhooks.contains(where: { $0.status != .active && $0.retryHelps == true }) {
      let later = clock.now() + Double(Self.webhookRetry.components.seconds)
      try await queue.enqueue(ConnectionJob(.webhook, of: connection.id).job(notBefore: later))
    }
    return start
  }

  func saved(_ id: ConnectionID) async throws -> Connection {
    let found = try await store.record(Connection.self, id: RecordID(unchecked: id.rawValue), connection: id)
    guard let found else { throw ConnectionChangeError(description: "There is no connection with the id \(id).") }
    return found
  }

  /// The token comes first: a connection without one would be of no use.
  private func save(_ connection: Connection, _ token: Secret) async throws {
    try await secrets.save(token, name: .token, connection: connection.id)
    var batch = StoreBatch(connection: connection.id)
    batch.upsert(connection)
    try await store.write(batch)
  }
}

extension Connection {
  /// What both look at, when no organisation is in both; one that covers more or fewer of them is the same connection.
  func isOther(than old: Connection) -> (old: String, new: String)? {
    let (known, names) = (old.organizations, organizations)
    let isKnown = Set(known.map { $0.lowercased() })
    guard !known.isEmpty, !names.isEmpty, isKnown.isDisjoint(with: names.map { $0.lowercased() }) else { return nil }
    return (known.joined(separator: ", "), names.joined(separator: ", "))
  }
}

/// What connecting or changing a token led to.
public struct ConnectionStart: Sendable, Hashable {
  /// The connection as it was tested; `failed` means that nothing was saved.
  public var connection: Connection
  /// Whether it was saved.
  public var isSaved: Bool
  /// The webhooks, with what stands in their way.
  public var webhooks: [Webhook]
  /// The job of the sync that was enqueued, or of the one that waited already.
  public var sync: JobID?

  /// Makes a description.
  public init(connection: Connection, isSaved: Bool = false, webhooks: [Webhook] = [], sync: JobID? = nil) {
    self.connection = connection
    self.isSaved = isSaved
    self.webhooks = webhooks
    self.sync = sync
  }
}

/// Why a connection could not be changed, in one or two sentences that are safe in any log.
public struct ConnectionChangeError: Error, Hashable, CustomStringConvertible {
  /// The sentences.
  public var description: String

  /// Makes the error.
  public init(description: String) { self.description = description }
}
