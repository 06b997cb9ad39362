public import KoalrDomain
public import KoalrIntegrationProtocols
import KoalrStorage

/// How far disconnecting goes.
public struct DisconnectOptions: Sendable {
  /// Whether everything that was read goes too.
  public var deletesData: Bool
  /// Revokes the credential at the service; `nil` leaves it valid.
  public var revoke: (@Sendable (Secret) async throws -> Void)?

  /// Makes options; without arguments the data and the credential's validity stay.
  public init(deletesData: Bool = false, revoke: (@Sendable (Secret) async throws -> Void)? = nil) {
    self.deletesData = deletesData
    self.revoke = revoke
  }
}

/// What disconnecting did.
public struct Disconnection: Sendable, Hashable {
  /// How many records were deleted, with ``DisconnectOptions/deletesData``.
  public var deletedRecords = 0
  /// Whether the credential was revoked.
  public var isRevoked = false
  /// What is left for a person to do at the service, in sentences that are safe in any log.
  public var problems: [String] = []

  /// Makes a description of nothing.
  public init() {}
}

extension ConnectionLifecycle {
  /// Ends a connection: its jobs, its webhooks at the service, and its secrets; when asked for, its credential and its data.
  ///
  /// A service that does not answer, or no longer knows the credential, does not hold it up: what is left there is a problem of the
  /// answer.
  ///
  /// - Parameters:
  ///   - id: the connection.
  ///   - host: the adapter with the saved credential; `nil` when there is none to be had.
  ///   - options: whether the data and the credential go too.
  /// - Throws: ``ConnectionChangeError`` when there is no such connection, `StoreError`, `SealingError`, `JobQueueError`,
  ///   `CancellationError`.
  public func disconnect(
    _ id: ConnectionID, through host: (any ConnectionTestable)?, _ options: DisconnectOptions = DisconnectOptions()
  ) async throws -> Disconnection {
    let connection = try await saved(id)
    var outcome = Disconnection()
    try await ConnectionJob.cancelAll(of: id, in: queue)
    outcome.problems = try await removeWebhooks(of: id, host)
    try await revoke(id, options, &outcome)
    try await secrets.removeAll(connection: id)
    if options.deletesData {
      outcome.deletedRecords = try await store.forget(id)
    } else {
      try await keepData(of: connection)
    }
    return outcome
  }

  private func removeWebhooks(of id: ConnectionID, _ host: (any ConnectionTestable)?) async throws -> [String] {
    if let registrar = host as? any WebhookRegistrar { return try await upkeep(of: id, at: registrar).remove() }
    let left = try await store.all(RecordQuery(Webhook.self, connection: id)).filter { $0.id != nil }
    return left.map { "The webhook of \($0.organization) stays and has to be removed in its settings at the service." }
  }

  private func revoke(_ id: ConnectionID, _ options: DisconnectOptions, _ outcome: inout Disconnection) async throws {
    guard let revoke = options.revoke, let token = try await secrets.secret(.token, connection: id) else { return }
    do {
      try await revoke(token)
      outcome.isRevoked = true
    } catch let error as IntegrationError {
      outcome.problems.append("The token was not revoked and has to be in the settings at the service: \(error.reason).")
    }
  }

  /// A record without settings leaves stored ones alone, so the old records go first.
  private func keepData(of connection: Connection) async throws {
    var bare = connection
    bare.settings = nil
    var batch = StoreBatch(connection: connection.id)
    batch.delete(Connection.self, id: bare.recordID)
    batch.upsert(bare)
    batch.replace(all: Webhook.self, with: [])
    try await store.write(batch)
  }
}
