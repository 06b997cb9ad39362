public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// Tells how connections are doing, from what is stored: also while a sync runs in another process.
///
/// ```swift
/// for status in try await ConnectionOverview(of: store).all() { print(status.name, status.state, status.repositories ?? 0) }
/// ```
public struct ConnectionOverview: Sendable {
  private let store: any Store
  private let clock: any WallClock

  /// How long after connecting repositories are looked for before their absence is explained, in seconds: twenty minutes.
  public static let patience: TimeInterval = 1200
  /// How long a run may write nothing and still be taken to be running, in seconds: a used-up budget comes back within the hour.
  public static let silence: TimeInterval = 3900

  /// Makes an overview of a store.
  public init(of store: any Store, clock: any WallClock = .system) {
    self.store = store
    self.clock = clock
  }

  /// Returns how every connection is doing, by name.
  ///
  /// - Throws: `StoreError`.
  public func all() async throws -> [ConnectionStatus] {
    var statuses: [ConnectionStatus] = []
    for connection in try await store.all(RecordQuery(Connection.self)) {
      statuses.append(try await status(of: connection))
    }
    return statuses.sorted { ($0.name.lowercased(), $0.id) < ($1.name.lowercased(), $1.id) }
  }

  /// Returns how a connection is doing: a few small questions to the store.
  ///
  /// - Throws: `StoreError`.
  public func status(of connection: Connection) async throws -> ConnectionStatus {
    let webhook = ConnectionStatus.WebhookState(try await store.all(RecordQuery(Webhook.self, connection: connection.id)))
    let followed = try await store.checkpoint(.events, connection: connection.id)?.time
    let (state, reason) = connection.standing(at: clock.now())
    var status = ConnectionStatus(
      id: connection.id, name: connection.settings?.name ?? connection.id.rawValue, service: connection.service, state: state,
      reason: reason, account: connection.account, organizations: connection.organizations,
      servicesOff: connection.settings?.servicesOff ?? [], webhook: self.webhook(webhook, of: connection),
      repositories: try await repositories(of: connection), lastSync: try await lastSync(of: connection),
      lastEventAt: [followed, webhook?.lastDeliveryAt].compactMap(\.self).max(), testedAt: connection.testedAt,
      credentialExpiresAt: connection.credentialExpiresAt)
    if status.repositories == 0, isOverdue(connection, status.lastSync) {
      status.missingRepositories = MissingRepositories(connection: connection, state: state, lastSync: status.lastSync).causes
    }
    return status
  }

  private func webhook(
    _ known: ConnectionStatus.WebhookState?, of connection: Connection
  ) -> ConnectionStatus.WebhookState? {
    guard connection.service == .gitHub else { return known }
    guard connection.settings?.isOn(.webhooks) != false else { return .init(health: .off) }
    return known ?? .init(health: .absent)
  }

  private func repositories(of connection: Connection) async throws -> Int? {
    switch connection.service {
    case .codecov: try await store.count(RecordQuery(RepositoryCoverage.self, connection: connection.id))
    case .snyk: nil
    default: try await store.count(RecordQuery(Repository.self, connection: connection.id))
    }
  }

  private func lastSync(of connection: Connection) async throws -> ConnectionStatus.LastSync? {
    guard let run = try await store.checkpoint(.run, connection: connection.id) else { return nil }
    let newest = try await store.page(
      RecordQuery(SyncCheckpoint.self, connection: connection.id, newestFirst: true, limit: 2))
    let activeAt = newest.records.map(\.value).first { $0.scope != .events }.map { max($0.time, run.time) } ?? run.time
    let isSilent = clock.now().timeIntervalSince(activeAt) > Self.silence
    let state: ConnectionStatus.LastSync.State =
      run.complete ? (run.gaps == 0 ? .complete : .incomplete) : (isSilent ? .interrupted : .running)
    return ConnectionStatus.LastSync(beganAt: run.time, activeAt: activeAt, state: state, gaps: run.gaps)
  }

  private func isOverdue(_ connection: Connection, _ lastSync: ConnectionStatus.LastSync?) -> Bool {
    guard connection.service == .gitHub, let since = connection.settings?.connectedAt ?? lastSync?.beganAt ?? connection.testedAt
    else { return false }
    return clock.now().timeIntervalSince(since) >= Self.patience
  }
}

extension Connection {
  /// Whether it works, judged by what is turned on, and why not.
  fileprivate func standing(at now: Date) -> (Status, String?) {
    if let end = credentialExpiresAt, end < now {
      return (.failed, "The credential stopped working on \(ISO8601Time.day(end)); put a new one in its place.")
    }
    guard status != .failed else { return (.failed, message ?? "The credential was refused.") }
    let missing = capabilities.filter { $0.available == false && isOn($0) }
    guard let first = missing.first else { return (status == .degraded && capabilities.isEmpty ? .degraded : .connected, nil) }
    let place = first.organization.map { " of \($0)" } ?? ""
    let others = missing.count > 1 ? " (and \(missing.count - 1) more)" : ""
    return (.degraded, "Cannot \(first.name)\(place): \(first.advice ?? "it was refused")\(others)")
  }

  private func isOn(_ capability: Capability) -> Bool {
    guard let service = capability.service, let settings else { return true }
    return settings.isOn(service)
  }
}
