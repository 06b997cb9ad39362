public import KoalrDomain

/// Keeps credentials sealed: a storage that sees no keys, and a sealer that sees no storage.
///
/// ```swift
/// let secrets = SealedSecretStore(database.sealedSecrets, sealer: KeyringSealer(keys: keys))
/// try await secrets.save(token, name: .token, connection: "github")
/// ```
///
/// Reading throws ``SealingError`` when the key of a secret is not at hand or its text was changed: such a secret is there, listed,
/// and can be removed or saved anew.
public struct SealedSecretStore: SecretStore {
  let storage: any SealedSecretStorage
  let sealer: any Sealer

  /// Makes a store of a storage and a sealer.
  public init(_ storage: some SealedSecretStorage, sealer: some Sealer) {
    self.storage = storage
    self.sealer = sealer
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SealedSecretStore {
  public func save(_ secret: Secret, name: SecretName, connection: ConnectionID) async throws {
    let place = SecretPlace(connection: connection, name: name)
    try await storage.write(try sealer.seal(secret, for: place), at: place)
  }

  public func secret(_ name: SecretName, connection: ConnectionID) async throws -> Secret? {
    let place = SecretPlace(connection: connection, name: name)
    guard let sealed = try await storage.sealed(at: place) else { return nil }
    return try sealer.open(sealed, from: place)
  }

  @discardableResult
  public func remove(_ name: SecretName, connection: ConnectionID) async throws -> Bool {
    try await storage.remove(at: SecretPlace(connection: connection, name: name))
  }

  public func names(connection: ConnectionID) async throws -> [SecretName] {
    try await storage.places(of: connection).map(\.name)
  }
}
