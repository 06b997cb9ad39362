public import KoalrDomain

/// What a person allowed: tokens, until when they work, and for what.
public struct OAuthGrant: Hashable, Sendable {
  /// The token for requests.
  public var accessToken: Secret
  /// What the next pair is asked for with, once; `nil` for a token that does not expire.
  public var refreshToken: Secret?
  /// When the access token stops working, where the service says.
  public var expiresAt: Date?
  /// When the refresh token stops working, where the service says.
  public var refreshExpiresAt: Date?
  /// The scopes that were granted: a person may have taken some away.
  public var scopes: [String]
  /// How the token is sent: `bearer`.
  public var tokenType: String

  /// Makes a grant.
  public init(
    accessToken: Secret, refreshToken: Secret? = nil, expiresAt: Date? = nil, refreshExpiresAt: Date? = nil,
    scopes: [String] = [], tokenType: String = "bearer"
  ) {
    self.accessToken = accessToken
    self.refreshToken = refreshToken
    self.expiresAt = expiresAt
    self.refreshExpiresAt = refreshExpiresAt
    self.scopes = scopes
    self.tokenType = tokenType
  }
}

/// An app that is registered with a service.
public struct OAuthClient: Hashable, Sendable {
  /// Its id, which anybody may see.
  public var id: String
  /// Its secret.
  public var secret: Secret

  /// Makes a client.
  public init(id: String, secret: Secret) {
    self.id = id
    self.secret = secret
  }
}

// Both are kept as one secret each, so that a store writes them whole or not at all. They are not `Codable`: nothing else shall
// encode them by accident.

extension OAuthGrant {
  private struct Form: Codable {
    var accessToken: String
    var refreshToken: String?
    var expiresAt: Double?
    var refreshExpiresAt: Double?
    var scopes: [String]
    var tokenType: String
  }

  /// Everything as one secret, for a store of secrets.
  ///
  /// - Throws: `EncodingError` for a time that JSON cannot hold.
  public func asSecret() throws -> Secret {
    try Secret(
      json: Form(
        accessToken: accessToken.reveal(), refreshToken: refreshToken?.reveal(),
        expiresAt: expiresAt?.timeIntervalSinceReferenceDate,
        refreshExpiresAt: refreshExpiresAt?.timeIntervalSinceReferenceDate, scopes: scopes, tokenType: tokenType))
  }

  /// Reads what ``asSecret()`` made; `nil` when it is something else.
  public init?(_ secret: Secret) {
    guard let form = secret.json(Form.self), let accessToken = Secret(form.accessToken) else { return nil }
    self.init(
      accessToken: accessToken, refreshToken: form.refreshToken.flatMap(Secret.init),
      expiresAt: form.expiresAt.map(Date.init(timeIntervalSinceReferenceDate:)),
      refreshExpiresAt: form.refreshExpiresAt.map(Date.init(timeIntervalSinceReferenceDate:)), scopes: form.scopes,
      tokenType: form.tokenType)
  }
}

extension OAuthClient {
  private struct Form: Codable {
    var id: String
    var secret: String
  }

  /// Both as one secret, for a store of secrets.
  ///
  /// - Throws: `EncodingError`.
  public func asSecret() throws -> Secret { try Secret(json: Form(id: id, secret: secret.reveal())) }

  /// Reads what ``asSecret()`` made; `nil` when it is something else.
  public init?(_ secret: Secret) {
    guard let form = secret.json(Form.self), !form.id.isEmpty, let secret = Secret(form.secret) else { return nil }
    self.init(id: form.id, secret: secret)
  }
}

extension Secret {
  fileprivate init(json value: some Encodable) throws {
    let text = String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    guard let secret = Secret(text) else { preconditionFailure("JSON is never empty.") }
    self = secret
  }

  fileprivate func json<Value: Decodable>(_ type: Value.Type) -> Value? {
    try? JSONDecoder().decode(type, from: Data(reveal().utf8))
  }
}
