public import KoalrDomain

/// What a person is asked to allow.
public struct OAuthRequest: Hashable, Sendable {
  /// Where the service sends them back to: an `https` address, or an `http` one on loopback.
  public var redirect: URL
  /// The names of the scopes; `nil` for what the authorizer asks for by itself.
  public var scopes: [String]?
  /// The account to propose.
  public var login: String?
  /// Whether the person is asked which of their accounts it shall be, also when they are signed in to one alone.
  public var choosesAccount: Bool

  /// Makes a request.
  public init(redirect: URL, scopes: [String]? = nil, login: String? = nil, choosesAccount: Bool = false) {
    self.redirect = redirect
    self.scopes = scopes
    self.login = login
    self.choosesAccount = choosesAccount
  }
}

/// An authorisation that waits for a person.
///
/// It can be encoded, so that a web host can keep it until the person is back. **Its encoding holds its secrets**: keep it where only the
/// server reads it, in a session on the server or a sealed cookie.
public struct PendingAuthorization: Hashable, Sendable, Codable {
  /// How long a person has, in seconds: as long as GitHub's codes live.
  public static let lifetime: TimeInterval = 600

  /// What the answer has to repeat.
  public var state: Secret
  /// The verifier of the proof key.
  public var verifier: Secret
  /// Where the service sends the person back to.
  public var redirect: URL
  /// The names of the scopes that were asked for.
  public var scopes: [String]
  /// When it was made.
  public var madeAt: Date
  /// After this moment nothing is accepted for it.
  public var expiresAt: Date { madeAt.addingTimeInterval(Self.lifetime) }

  /// Makes a pending authorisation.
  public init(state: Secret, verifier: Secret, redirect: URL, scopes: [String], madeAt: Date) {
    self.state = state
    self.verifier = verifier
    self.redirect = redirect
    self.scopes = scopes
    self.madeAt = madeAt
  }

  private enum CodingKeys: String, CodingKey { case state, verifier, redirect, scopes, madeAt }

  /// Decodes what ``encode(to:)`` wrote.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func secret(_ key: CodingKeys) throws -> Secret {
      guard let secret = Secret(try container.decode(String.self, forKey: key)) else {
        throw DecodingError.dataCorruptedError(forKey: key, in: container, debugDescription: "it is empty")
      }
      return secret
    }
    self.init(
      state: try secret(.state), verifier: try secret(.verifier), redirect: try container.decode(URL.self, forKey: .redirect),
      scopes: try container.decode([String].self, forKey: .scopes), madeAt: try container.decode(Date.self, forKey: .madeAt))
  }

  /// Encodes everything, **secrets included**.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(state.reveal(), forKey: .state)
    try container.encode(verifier.reveal(), forKey: .verifier)
    try container.encode(redirect, forKey: .redirect)
    try container.encode(scopes, forKey: .scopes)
    try container.encode(madeAt, forKey: .madeAt)
  }
}
