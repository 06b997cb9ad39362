public import KoalrDomain

/// Where sealed secrets lie. It sees texts and no keys; ``SealedSecretStore`` makes a ``SecretStore`` of it.
///
/// *Using one:* ``SealedSecretStorage/inMemory`` needs nothing; `SQLiteDatabase.sealedSecrets` of KoalrSQLiteStorage keeps them in a
/// file.
///
/// *Writing one:* keep the promises of `SealedSecretStorageContract`. Compare texts by their bytes. A text that was replaced or
/// removed must not stay readable in what the storage leaves on disk: it opens for everybody who has, or one day gets, its key.
public protocol SealedSecretStorage: Sendable {
  /// Writes a sealed secret in place of the one that is there.
  ///
  /// - Throws: ``StoreError``.
  func write(_ sealed: SealedSecret, at place: SecretPlace) async throws

  /// Writes `new` if `old` is still there, and returns whether it was: sealing again never brings back a secret that was replaced.
  func exchange(_ old: SealedSecret, for new: SealedSecret, at place: SecretPlace) async throws -> Bool

  /// Returns what is at a place, or `nil`.
  func sealed(at place: SecretPlace) async throws -> SealedSecret?

  /// Removes what is at a place and returns whether there was anything.
  @discardableResult
  func remove(at place: SecretPlace) async throws -> Bool

  /// Returns all places, of one connection or of all, ordered by the bytes of connection and name.
  func places(of connection: ConnectionID?) async throws -> [SecretPlace]
}
