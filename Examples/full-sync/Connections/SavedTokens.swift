import KoalrCore
import KoalrCryptography

/// The sealed tokens of a store. Keys are looked for when a token is sealed or opened, and not before.
struct SavedTokens {
  /// `nil` for a store in memory, which holds none.
  var storage: (any SealedSecretStorage)?
  var environment: [String: String]

  /// The token of a saved connection.
  ///
  /// - Throws: ``CommandError`` when none is saved, there is no key, or it does not open; `SealingError` for keys that make no sense.
  func token(of connection: Connection, settings: Connection.Settings) async throws -> Secret {
    if let grant = try await grant(of: connection.id, settings.name) { return grant.accessToken }
    guard try await isSaved(.token, connection.id), let token = try await open(.token, connection.id, settings.name) else {
      throw CommandError(
        "The connection \"\(settings.name)\" has no saved token; give it one with full-sync connections replace, or remove it.")
    }
    return token
  }

  func open(_ secret: SecretName, _ connection: ConnectionID, _ name: String) async throws -> Secret? {
    do {
      return try await sealed().secret(secret, connection: connection)
    } catch let error as SealingError where error.code != .badKeys {
      throw CommandError("Could not open the saved token of \"\(name)\": \(error.reason)")
    }
  }

  /// Whether there is a token of any kind, which needs no key.
  func isSaved(_ connection: ConnectionID) async throws -> Bool {
    if try await isSaved(.token, connection) { return true }
    return try await isSaved(.oauthGrant, connection)
  }

  func isSaved(_ secret: SecretName, _ connection: ConnectionID) async throws -> Bool {
    guard let storage else { return false }
    return try await storage.sealed(at: SecretPlace(connection: connection, name: secret)) != nil
  }

  /// Removes every secret of a connection, which needs no key.
  func removeAll(_ connection: ConnectionID) async throws {
    guard let storage else { return }
    for place in try await storage.places(of: connection) { _ = try await storage.remove(at: place) }
  }

  /// The store that seals and opens.
  ///
  /// - Throws: ``CommandError`` without keys, `SealingError` when they are unusable.
  func sealed() throws -> SealedSecretStore {
    guard let storage else { throw CommandError("A store in memory holds no tokens.") }
    return SealedSecretStore(storage, sealer: try Self.sealer(environment))
  }

  /// Seals with the keys of the environment.
  ///
  /// - Throws: as ``sealed()``.
  static func sealer(_ environment: [String: String]) throws -> KeyringSealer {
    guard let keys = try SealingKeys(environment: environment) else { throw noKeys }
    return KeyringSealer(keys: keys)
  }

  private static let noKeys = CommandError(
    """
    There is no key for saved tokens. Make one and keep it safe, because tokens cannot be read without it:
      (umask 077; echo "$(date +%Y-%m):$(head -c 32 /dev/urandom | base64)" >> koalr.keys)
      export KOALR_SEALING_KEY_FILE=$PWD/koalr.keys
    """)
}
