public import KoalrDomain
import Synchronization

/// Keeps sealed secrets in memory, for one process and one run.
public final class InMemorySealedSecrets: SealedSecretStorage {
  private let texts = Mutex<[Place: ByteText]>([:])

  private struct Place: Hashable, Comparable {
    let connection: ByteText
    let name: ByteText

    init(_ place: SecretPlace) {
      connection = ByteText(place.connection.rawValue)
      name = ByteText(place.name.rawValue)
    }

    static func < (left: Self, right: Self) -> Bool {
      left.connection == right.connection ? left.name < right.name : left.connection < right.connection
    }
  }

  /// Makes an empty storage.
  public init() {}
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemorySealedSecrets {
  public func write(_ sealed: SealedSecret, at place: SecretPlace) async throws {
    texts.withLock { $0[Place(place)] = ByteText(sealed.rawValue) }
  }

  public func exchange(_ old: SealedSecret, for new: SealedSecret, at place: SecretPlace) async throws -> Bool {
    texts.withLock { texts in
      guard texts[Place(place)] == ByteText(old.rawValue) else { return false }
      texts[Place(place)] = ByteText(new.rawValue)
      return true
    }
  }

  public func sealed(at place: SecretPlace) async throws -> SealedSecret? {
    texts.withLock { $0[Place(place)] }.map { SealedSecret(rawValue: $0.text) }
  }

  @discardableResult
  public func remove(at place: SecretPlace) async throws -> Bool {
    texts.withLock { $0.removeValue(forKey: Place(place)) != nil }
  }

  public func places(of connection: ConnectionID?) async throws -> [SecretPlace] {
    let wanted = connection.map { ByteText($0.rawValue) }
    let places = texts.withLock { $0.keys.filter { wanted == nil || $0.connection == wanted } }
    return places.sorted().map { place in
      SecretPlace(connection: ConnectionID(unchecked: place.connection.text), name: SecretName(unchecked: place.name.text))
    }
  }
}

extension SealedSecretStorage where Self == InMemorySealedSecrets {
  /// A new, empty storage in memory.
  public static var inMemory: InMemorySealedSecrets { InMemorySealedSecrets() }
}
