public import KoalrDomain

/// Keeps credentials, each under a name of a connection.
///
/// *Using one:* save a token when a connection is made and read it when a client is built. ``SecretStore/inMemory`` needs nothing;
/// ``SealedSecretStore`` keeps secrets sealed wherever a ``SealedSecretStorage`` puts them.
///
/// *Writing one:* keep the promises of `SecretStoreContract`: what was saved reads back, the last one saved wins, connections and
/// names do not mix, what was removed is gone, and no rendering of the store shows a secret.
public protocol SecretStore: Sendable {
  /// Saves a secret in place of the one under this name.
  ///
  /// - Throws: ``StoreError``; ``SealingError`` where secrets are sealed, here and below.
  func save(_ secret: Secret, name: SecretName, connection: ConnectionID) async throws

  /// Returns a secret, or `nil`.
  func secret(_ name: SecretName, connection: ConnectionID) async throws -> Secret?

  /// Removes a secret and returns whether there was one.
  @discardableResult
  func remove(_ name: SecretName, connection: ConnectionID) async throws -> Bool

  /// Returns the names of a connection's secrets in the order of their bytes.
  func names(connection: ConnectionID) async throws -> [SecretName]
}

extension SecretStore {
  /// Removes every secret of a connection.
  public func removeAll(connection: ConnectionID) async throws {
    for name in try await names(connection: connection) { try await remove(name, connection: connection) }
  }
}

/// What a secret is for: `token`, `webhook-secret`.
public struct SecretName: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "name of a secret" }
  /// The access token of a connection.
  public static let token = Self(unchecked: "token")
  /// What the deliveries of a connection's webhooks are signed with.
  public static let webhook = Self(unchecked: "webhook-secret")
  /// What a person allowed by OAuth: an `OAuthGrant` in one piece. It comes before ``token`` where both are there.
  public static let oauthGrant = Self(unchecked: "oauth-grant")
  /// The app that was allowed: an `OAuthClient` in one piece.
  public static let oauthClient = Self(unchecked: "oauth-client")
}
