extension SealedSecretStore {
  /// Seals every secret again that was sealed with an older key, and returns how many it sealed.
  ///
  /// Each secret is exchanged by itself, and only if it is still the one that was read: a token that somebody replaces or removes
  /// meanwhile is left as they left it. So it may be stopped anywhere and started again, and several processes may run it at once. An
  /// older key may go when ``outdatedPlaces()`` is empty and no process seals with it any more.
  ///
  /// - Throws: ``StoreError`` as soon as the storage fails. ``SealingError`` when secrets could not be opened: those stay as they
  ///   are, all others are sealed again before it is thrown.
  @discardableResult
  public func reseal() async throws -> Int {
    var count = 0
    var failures: [SealingError] = []
    for place in try await storage.places(of: nil) {
      try Task.checkCancellation()
      do {
        if try await reseal(place) { count += 1 }
      } catch let error as SealingError {
        failures.append(error)
      }
    }
    guard let first = failures.first else { return count }
    throw SealingError(
      first.code, operation: "seal \(failures.count) of the secrets again",
      reason: "\(count) were sealed again. The first of those that were not: \(first)")
  }

  /// Returns the places of secrets that are sealed with an older key, or in a text that the sealer does not know.
  ///
  /// - Throws: ``StoreError``.
  public func outdatedPlaces() async throws -> [SecretPlace] {
    var outdated: [SecretPlace] = []
    for place in try await storage.places(of: nil) {
      if let sealed = try await storage.sealed(at: place), !sealer.isCurrent(sealed) { outdated.append(place) }
    }
    return outdated
  }

  /// How often a secret is read again when somebody replaces it between reading and writing.
  private static let mostAttempts = 8

  /// Seals one secret again and returns whether that was needed and done.
  private func reseal(_ place: SecretPlace) async throws -> Bool {
    for _ in 0..<Self.mostAttempts {
      guard let old = try await storage.sealed(at: place), !sealer.isCurrent(old) else { return false }
      let new = try sealer.seal(try sealer.open(old, from: place), for: place)
      if try await storage.exchange(old, for: new, at: place) { return true }
    }
    return false
  }
}
