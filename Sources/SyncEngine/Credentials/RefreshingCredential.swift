public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// The token of a connection that was authorised by OAuth: it is renewed before it expires, and when the service refuses it.
///
/// Refresh tokens work once, so losing a new pair would lose the connection. Therefore all who ask at the same time wait for one
/// refresh, the new pair is saved before anybody gets it, and a refresh that has begun is finished although whoever asked was
/// cancelled. Several processes may share the store: each looks there for a newer pair before it asks for one, and again when it is
/// refused.
///
/// ```swift
/// let token = RefreshingCredential(connection: id, secrets: secrets, authorizer: gitHubOAuth, service: .gitHub)
/// let host = GitHubCodeHost(organization: "acme", token: token, transport: transport)
/// ```
public actor RefreshingCredential: CredentialSource {
  /// How long before its end a token is renewed, in seconds: longer than any request takes.
  public static let margin: TimeInterval = 300
  /// How often the store is looked at for the pair of another process that was quicker, a second apart.
  static let mostLooks = 3
  /// A token that is refused so soon after it was made, in seconds, is not made again: something else is wrong.
  static let youth: TimeInterval = 60

  private let connection: ConnectionID
  private let secrets: any SecretStore
  private let authorizer: any OAuthAuthorizer
  private let service: Connection.Service
  private let clock: any WallClock

  private var grant: OAuthGrant?
  private var madeAt: Date?
  /// A new pair that could not be saved yet, and the one that it comes from.
  private var unsaved: (new: OAuthGrant, old: OAuthGrant)?
  /// Why no refresh can help: a person has to authorise again.
  private var ending: IntegrationError?
  private var running: Task<OAuthGrant, any Error>?

  /// Makes the credential of a connection whose grant is saved as `SecretName.oauthGrant`; nothing is read yet.
  public init(
    connection: ConnectionID, secrets: some SecretStore, authorizer: some OAuthAuthorizer, service: Connection.Service,
    clock: any WallClock = .system
  ) {
    self.connection = connection
    self.secrets = secrets
    self.authorizer = authorizer
    self.service = service
    self.clock = clock
  }

  /// The grant as it is used now, renewed when it is due: for taking it back, for example.
  ///
  /// - Throws: as ``token()``.
  public func current() async throws -> OAuthGrant {
    try Task.checkCancellation()
    let held = try await held()
    return unsaved == nil && !isDue(held) ? held : try await renewed(held)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RefreshingCredential {
  public func token() async throws -> Secret { try await current().accessToken }

  public func replacement(for refused: Secret) async throws -> Secret? {
    try Task.checkCancellation()
    let held = try await held()
    guard unsaved == nil, held.accessToken == refused else { return try await current().accessToken }
    if let madeAt, clock.now().timeIntervalSince(madeAt) < Self.youth { return nil }
    // Without a refresh token only another process can have brought a new one.
    let renewed = held.refreshToken == nil ? try await saved() : try await renewed(held)
    return renewed?.accessToken == refused ? nil : renewed?.accessToken
  }
}

extension RefreshingCredential {
  private func isDue(_ grant: OAuthGrant) -> Bool {
    guard grant.refreshToken != nil, let expiresAt = grant.expiresAt else { return false }
    return expiresAt.timeIntervalSince(clock.now()) <= Self.margin
  }

  private func held() async throws -> OAuthGrant {
    if let grant { return grant }
    guard let found = try await saved() else {
      throw error(.unauthorized, "read the token of \(connection)", "no authorisation is saved; authorise again")
    }
    // Another caller may have been quicker, and even have renewed it.
    if let grant { return grant }
    grant = found
    return found
  }

  /// Joins the refresh that runs, or begins one.
  private func renewed(_ old: OAuthGrant) async throws -> OAuthGrant {
    if let running { return try await running.value }
    // The one task of its own: a child of whoever asked would be cancelled with them, after the old pair has stopped working and
    // before the new one is saved. Everybody who asks waits for its end, so it outlives nobody.
    let task = Task { [self] in
      defer { running = nil }
      return try await renew(old)
    }
    running = task
    return try await task.value
  }

  private func renew(_ old: OAuthGrant) async throws -> OAuthGrant {
    if let unsaved { return try await keep(unsaved.new, insteadOf: unsaved.old) }
    // Another process may have renewed it, or a person authorised again.
    if let found = try await saved(), found != grant ?? old {
      ending = nil
      grant = found
      if !isDue(found) { return found }
    }
    if let ending { throw ending }
    let current = grant ?? old
    do {
      return try await keep(try await authorizer.refresh(current), insteadOf: current)
    } catch let refusal as IntegrationError where refusal.code == .unauthorized {
      if let other = try await pair(otherThan: current) { return other }
      ending = refusal
      throw refusal
    }
  }

  /// Saves a new pair, and only then lets it be used. When that fails the pair is kept for the next who asks.
  private func keep(_ new: OAuthGrant, insteadOf old: OAuthGrant) async throws -> OAuthGrant {
    unsaved = (new, old)
    // Whatever a person saved meanwhile, another authorisation or a token, stays.
    let isReplaced = try await saved() != old
    do {
      if !isReplaced { try await secrets.save(try new.asSecret(), name: .oauthGrant, connection: connection) }
    } catch {
      throw self.error(
        .misconfigured, "save the renewed token of \(connection)",
        "the store of secrets failed; mend it before this program ends, because the token that is saved no longer works",
        underlying: error)
    }
    (grant, unsaved, madeAt) = (new, nil, clock.now())
    return new
  }

  /// The pair that another process made of the same refresh token, which it may be about to save.
  private func pair(otherThan old: OAuthGrant) async throws -> OAuthGrant? {
    for look in 1...Self.mostLooks {
      if let found = try await saved(), found != old {
        grant = found
        return found
      }
      if look < Self.mostLooks { try await clock.sleep(for: .seconds(1)) }
    }
    return nil
  }

  private func saved() async throws -> OAuthGrant? {
    do {
      return try await secrets.secret(.oauthGrant, connection: connection).flatMap(OAuthGrant.init)
    } catch let error as CancellationError {
      throw error
    } catch {
      throw self.error(
        .misconfigured, "read the token of \(connection)", "the store of secrets failed; see that it can be read and has its key",
        underlying: error)
    }
  }

  private func error(
    _ code: IntegrationError.Code, _ operation: String, _ reason: String, underlying: (any Error)? = nil
  ) -> IntegrationError {
    IntegrationError(code, service: service, operation: operation, reason: reason, underlying: underlying)
  }
}
