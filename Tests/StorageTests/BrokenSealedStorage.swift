import KoalrCore
import KoalrTesting
import Synchronization

/// A storage of sealed secrets that keeps every promise but one.
final class BrokenSealedStorage: SealedSecretStorage {
  private let storage = InMemorySealedSecrets()
  private let flaw: SealedSecretStorageContract.Promise
  private let exchanged = Mutex<Set<SealedSecret>>([])

  init(breaking promise: SealedSecretStorageContract.Promise) { flaw = promise }

  private func moved(_ place: SecretPlace) -> SecretPlace {
    guard flaw == .placesAreSeparate else { return place }
    return SecretPlace(
      connection: ConnectionID(unchecked: place.connection.rawValue + place.name.rawValue), name: SecretName(unchecked: "x"))
  }

  func write(_ sealed: SealedSecret, at place: SecretPlace) async throws {
    if flaw == .lastOneWins, try await self.sealed(at: place) != nil { return }
    let kept = flaw == .readsBack ? SealedSecret(rawValue: String(sealed.rawValue.prefix(4000))) : sealed
    try await storage.write(kept, at: moved(place))
  }

  func exchange(_ old: SealedSecret, for new: SealedSecret, at place: SecretPlace) async throws -> Bool {
    switch flaw {
    case .exchangesWhatIsThere:
      guard let present = try await sealed(at: place), present == old else { return false }
      try await storage.write(new, at: moved(place))
      return true
    case .oneExchangeWins:
      if exchanged.withLock({ !$0.insert(old).inserted }) { return true }
    default: break
    }
    return try await storage.exchange(old, for: new, at: moved(place))
  }

  func sealed(at place: SecretPlace) async throws -> SealedSecret? { try await storage.sealed(at: moved(place)) }

  func remove(at place: SecretPlace) async throws -> Bool {
    flaw == .removedIsGone ? true : try await storage.remove(at: moved(place))
  }

  func places(of connection: ConnectionID?) async throws -> [SecretPlace] {
    let places = try await storage.places(of: connection)
    return flaw == .placesAreListed ? places.reversed() : places
  }
}
