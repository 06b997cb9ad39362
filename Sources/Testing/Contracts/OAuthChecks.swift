import KoalrCore

/// The checks behind ``OAuthAuthorizerContract``.
struct OAuthChecks {
  let redirect: URL
  let authorizer: any OAuthAuthorizer
  let browse: @Sendable (any OAuthAuthorizer, URL, _ agrees: Bool) async throws -> URL

  func scopesHaveReasons() throws {
    let scopes = authorizer.requestedScopes
    try require(Set(scopes.map(\.name)).count == scopes.count, "A scope is there twice.")
    for scope in scopes { try require(!scope.name.isEmpty && !scope.reason.isEmpty, "\(scope.name) has no name or reason.") }
  }

  func everyoneIsDifferent() throws {
    let pending = try (0..<20).map { _ in try begun().pending }
    try require(Set(pending.map(\.state)).count == pending.count, "Two have the same state.")
    try require(Set(pending.map(\.verifier)).count == pending.count, "Two have the same verifier.")
    try require(pending.allSatisfy { $0.state != $0.verifier }, "One has its verifier for a state.")
  }

  func provesItself() throws {
    let (address, pending) = try begun()
    try require(address.field("state") == pending.state.reveal(), "The address has another state, or none.")
    try require(address.field("code_challenge")?.utf8.count == 43, "The address has no challenge of 43 characters.")
    try require(address.field("code_challenge_method") == "S256", "The method is not S256.")
    try require(!address.absoluteString.contains(pending.verifier.reveal()), "The address shows the verifier.")
    try require(address.field("redirect_uri") == redirect.absoluteString, "The address names another redirect, or none.")
  }

  func exchanges() async throws {
    let (address, pending) = try begun()
    let callback = try await browse(authorizer, address, true)
    let code = try authorizer.code(from: callback, for: pending)
    _ = try await authorizer.exchange(code, for: pending)
    try await refused("The code worked twice.") { _ = try await authorizer.exchange(code, for: pending) }
  }

  func survivesStorage() async throws {
    let (address, pending) = try begun()
    let decoded = try JSONDecoder().decode(PendingAuthorization.self, from: try JSONEncoder().encode(pending))
    try require(decoded == pending, "The pending authorisation is another one after decoding.")
    let grant = try await authorizer.grant(from: try await browse(authorizer, address, true), for: decoded)
    try require(OAuthGrant(try grant.asSecret()) == grant, "The grant is another one after storing.")
  }

  func refusesForeignState() async throws {
    let (address, pending) = try begun()
    let callback = try await browse(authorizer, address, true)
    let other = try begun().pending
    try refusedAtOnce("The state of another authorisation was accepted.") { try authorizer.code(from: callback, for: other) }
    for changed in [callback.without("state"), callback.with("state", ""), callback.with("state", pending.state.reveal() + "x")] {
      try refusedAtOnce("A changed state was accepted.") { try authorizer.code(from: changed, for: pending) }
    }
    let declined = callback.without("state").without("code").with("error", "access_denied")
    try refusedAtOnce("An error without state was accepted.") { try authorizer.code(from: declined, for: pending) }
  }

  func refusesForeignPlace() async throws {
    let (address, pending) = try begun()
    let callback = try await browse(authorizer, address, true)
    var parts = URLComponents(url: callback, resolvingAgainstBaseURL: true) ?? URLComponents()
    parts.path += "/elsewhere"
    guard let elsewhere = parts.url else { throw ContractFinding(detail: "The callback has no address.") }
    try refusedAtOnce("Another path was accepted.") { try authorizer.code(from: elsewhere, for: pending) }
  }

  func refusesLate() async throws {
    var (address, pending) = try begun()
    let callback = try await browse(authorizer, address, true)
    _ = try authorizer.code(from: callback, for: pending)
    pending.madeAt -= PendingAuthorization.lifetime + 1
    try refusedAtOnce("An answer was accepted after its time.") { try authorizer.code(from: callback, for: pending) }
  }

  func takesNo() async throws {
    let (address, pending) = try begun()
    let callback = try await browse(authorizer, address, false)
    try refusedAtOnce("A person who said no gave a code.") { try authorizer.code(from: callback, for: pending) }
    let bare = callback.without("error")
    try refusedAtOnce("An answer without a code gave one.") { try authorizer.code(from: bare, for: pending) }
  }

  func renews() async throws {
    let old = try await granted()
    guard old.refreshToken != nil else { return }
    try require(old.expiresAt != nil, "It has a refresh token, and no time when it expires.")
    let new = try await authorizer.refresh(old)
    try require(new.accessToken != old.accessToken, "The new token is the old one.")
    try require(new.refreshToken != nil && new.refreshToken != old.refreshToken, "The new refresh token is the old one, or none.")
    try await refused("A refresh token worked twice.") { _ = try await authorizer.refresh(old) }
    _ = try await authorizer.refresh(new)
  }

  func revokes() async throws {
    for extent in OAuthRevocation.allCases {
      let grant = try await granted()
      try require(try await authorizer.revoke(grant, extent: extent), "Nothing was there to revoke.")
      try require(try await authorizer.revoke(grant, extent: extent) == false, "It was revoked twice.")
    }
  }

  func cancels(_ promise: String) async throws {
    let grant = try await granted()
    let (address, pending) = try begun()
    let code = try authorizer.code(from: try await browse(authorizer, address, true), for: pending)
    let authorizer = authorizer
    let calls: [@Sendable () async throws -> Void] = [
      { _ = try await authorizer.exchange(code, for: pending) }, { try await authorizer.revoke(grant, extent: .token) },
    ]
    for call in calls { try await ContractCheck.cancelled(promise, call) }
  }

  func nothingShows() async throws {
    let (_, pending) = try begun()
    let grant = try await granted()
    var dumped = ""
    dump((pending, grant, authorizer), to: &dumped)
    let secrets = [pending.state, pending.verifier, grant.accessToken] + [grant.refreshToken].compactMap(\.self)
    for text in ["\(pending) \(grant) \(authorizer)", String(reflecting: (pending, grant, authorizer)), dumped] {
      try require(!secrets.contains { text.contains($0.reveal()) }, "A rendering shows a secret.")
    }
  }
}

extension OAuthChecks {
  private func begun() throws -> (address: URL, pending: PendingAuthorization) {
    try authorizer.authorization(OAuthRequest(redirect: redirect))
  }

  private func granted() async throws -> OAuthGrant {
    let (address, pending) = try begun()
    return try await authorizer.grant(from: try await browse(authorizer, address, true), for: pending)
  }

  private func refusedAtOnce(_ detail: String, _ call: () throws -> Secret) throws {
    do {
      _ = try call()
    } catch is IntegrationError {
      return
    }
    throw ContractFinding(detail: detail)
  }

  private func refused(_ detail: String, _ call: () async throws -> Void) async throws {
    do {
      try await call()
    } catch is IntegrationError {
      return
    }
    throw ContractFinding(detail: detail)
  }
}

extension URL {
  fileprivate func field(_ name: String) -> String? {
    URLComponents(url: self, resolvingAgainstBaseURL: true)?.queryItems?.first { $0.name == name }?.value
  }

  fileprivate func without(_ name: String) -> URL {
    var parts = URLComponents(url: self, resolvingAgainstBaseURL: true) ?? URLComponents()
    parts.queryItems = parts.queryItems?.filter { $0.name != name }
    return parts.url ?? self
  }

  fileprivate func with(_ name: String, _ value: String) -> URL {
    without(name).appending(queryItems: [URLQueryItem(name: name, value: value)])
  }
}
