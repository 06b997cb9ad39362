public import KoalrCore
import Synchronization

/// A service that people authorise, in memory: it hands out codes and tokens, renews and revokes them, and plays the browser.
///
/// It does not check the proof key, because that needs cryptography; codes, states, redirects and tokens are checked as by a real one.
public final class MockAuthorizer: Sendable {
  /// How long its access tokens live, in seconds, and its refresh tokens.
  public static let lives: (access: TimeInterval, refresh: TimeInterval) = (28_800, 15_897_600)

  fileprivate struct State {
    var made = 0
    var codes: [Secret: [String]] = [:]
    var tokens: Set<Secret> = []
    /// The access token that each refresh token belongs to.
    var pairs: [Secret: (access: Secret, scopes: [String])] = [:]
    var refreshes = 0
    var failures: [IntegrationError] = []
    var held: [CheckedContinuation<Void, Never>] = []
    var holds = false
  }
  private let state = Mutex(State())
  private let clock: any WallClock
  private let expires: Bool

  /// Makes a service whose tokens expire, or do not.
  public init(clock: any WallClock = .system, expires: Bool = true) {
    self.clock = clock
    self.expires = expires
  }

  /// How often it was asked to renew a token.
  public var refreshes: Int { state.withLock { $0.refreshes } }

  /// Whether a token works.
  public func accepts(_ token: Secret) -> Bool { state.withLock { $0.tokens.contains(token) } }

  /// Makes a token stop working.
  public func expire(_ token: Secret) { state.withLock { _ = $0.tokens.remove(token) } }

  /// Makes the next refresh fail with this error, before anything happens.
  public func fail(with error: IntegrationError) { state.withLock { $0.failures.append(error) } }

  /// Lets refreshes wait until ``release()``, after they have happened: an answer that is on its way.
  public func hold() { state.withLock { $0.holds = true } }

  /// Lets the answers arrive.
  public func release() {
    let held = state.withLock { state in
      state.holds = false
      defer { state.held = [] }
      return state.held
    }
    for waiter in held { waiter.resume() }
  }

  /// Plays the person: opens the address and says yes or no. Returns where the browser is sent back to.
  public func visit(_ address: URL, says answer: Answer = .yes) -> URL? {
    let fields = URLComponents(url: address, resolvingAgainstBaseURL: true)?.queryItems ?? []
    func field(_ name: String) -> String? { fields.first { $0.name == name }?.value }
    guard let redirect = field("redirect_uri").flatMap(URL.init(string:)) else { return nil }
    var items = [URLQueryItem(name: "state", value: field("state"))]
    switch answer {
    case .yes:
      let scopes = (field("scope") ?? "").split(separator: " ").map(String.init)
      let code = state.withLock { state in
        let code = state.secret("code")
        state.codes[code] = scopes
        return code
      }
      items.append(URLQueryItem(name: "code", value: code.reveal()))
    case .no: items.append(URLQueryItem(name: "error", value: "access_denied"))
    }
    return redirect.appending(queryItems: items)
  }

  /// What a person says.
  public enum Answer: Sendable {
    /// They allow it.
    case yes
    /// They decline.
    case no
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockAuthorizer: OAuthAuthorizer {
  public var requestedScopes: [OAuthScope] { [OAuthScope(name: "read", reason: "reads everything")] }

  public func authorization(_ request: OAuthRequest) throws -> (address: URL, pending: PendingAuthorization) {
    let (state, verifier) = state.withLock { ($0.secret("state"), $0.secret("verifier")) }
    let pending = PendingAuthorization(
      state: state, verifier: verifier, redirect: request.redirect,
      scopes: request.scopes ?? requestedScopes.map(\.name), madeAt: clock.now())
    guard let web = URL(string: "https://mock.example/authorize") else { preconditionFailure("It is an address.") }
    let address = web.appending(queryItems: [
      URLQueryItem(name: "redirect_uri", value: request.redirect.absoluteString),
      URLQueryItem(name: "scope", value: pending.scopes.joined(separator: " ")),
      URLQueryItem(name: "state", value: state.reveal()),
      URLQueryItem(name: "code_challenge", value: String(repeating: "c", count: 43)),
      URLQueryItem(name: "code_challenge_method", value: "S256"),
    ])
    return (address, pending)
  }

  public func code(from callback: URL, for pending: PendingAuthorization) throws -> Secret {
    let operation = "finish an authorisation"
    guard clock.now() < pending.expiresAt else { throw refusal(.unauthorized, operation, "it is too late; begin again") }
    guard let answer = OAuthCallback(callback), answer.answers(at: pending.redirect), answer.state == pending.state else {
      throw refusal(.forbidden, operation, "it belongs to another authorisation; begin again")
    }
    guard answer.error == nil else { throw refusal(.forbidden, operation, "the person said no; begin again") }
    guard let code = answer.code else { throw refusal(.unexpectedResponse, operation, "there is no code; begin again") }
    return code
  }

  public func exchange(_ code: Secret, for pending: PendingAuthorization) async throws -> OAuthGrant {
    try Task.checkCancellation()
    guard let scopes = state.withLock({ $0.codes.removeValue(forKey: code) }) else {
      throw refusal(.unauthorized, "exchange the code for a token", "the code is wrong or was used before; begin again")
    }
    return issue(scopes)
  }

  public func refresh(_ grant: OAuthGrant) async throws -> OAuthGrant {
    try Task.checkCancellation()
    let new = try state.withLock { state in
      state.refreshes += 1
      if !state.failures.isEmpty { throw state.failures.removeFirst() }
      guard let old = grant.refreshToken.flatMap({ state.pairs.removeValue(forKey: $0) }) else {
        throw refusal(.unauthorized, "renew the token", "the refresh token is wrong or was used before; authorise again")
      }
      state.tokens.remove(old.access)
      return old.scopes
    }
    let made = issue(new)
    await arrive()
    return made
  }

  @discardableResult
  public func revoke(_ grant: OAuthGrant, extent: OAuthRevocation) async throws -> Bool {
    try Task.checkCancellation()
    return state.withLock { state in
      guard state.tokens.remove(grant.accessToken) != nil else { return false }
      state.pairs = state.pairs.filter { $0.value.access != grant.accessToken }
      if extent == .grant { (state.tokens, state.pairs) = ([], [:]) }
      return true
    }
  }
}

extension MockAuthorizer {
  private func issue(_ scopes: [String]) -> OAuthGrant {
    let (access, refresh) = state.withLock { state in
      let (access, refresh) = (state.secret("access"), state.secret("refresh"))
      state.tokens.insert(access)
      if expires { state.pairs[refresh] = (access, scopes) }
      return (access, refresh)
    }
    guard expires else { return OAuthGrant(accessToken: access, scopes: scopes) }
    return OAuthGrant(
      accessToken: access, refreshToken: refresh, expiresAt: clock.now().addingTimeInterval(Self.lives.access),
      refreshExpiresAt: clock.now().addingTimeInterval(Self.lives.refresh), scopes: scopes)
  }

  private func arrive() async {
    await withCheckedContinuation { continuation in
      let waits = state.withLock { state in
        if state.holds { state.held.append(continuation) }
        return state.holds
      }
      if !waits { continuation.resume() }
    }
  }

  private func refusal(_ code: IntegrationError.Code, _ operation: String, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: Connection.Service(rawValue: "mock"), operation: operation, reason: reason)
  }
}

extension MockAuthorizer.State {
  fileprivate mutating func secret(_ kind: String) -> Secret {
    made += 1
    guard let secret = Secret("mock-\(kind)-\(made)") else { preconditionFailure("It is not empty.") }
    return secret
  }
}
