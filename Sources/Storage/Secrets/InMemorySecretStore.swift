public import KoalrDomain
import Synchronization

/// Keeps credentials in memory, for one process and one run; nothing is ever written.
public final class InMemorySecretStore: SecretStore {
  private let secrets = Mutex<[ByteText: [ByteText: Secret]]>([:])

  /// Makes an empty store.
  public init() {}
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemorySecretStore {
  public func save(_ secret: Secret, name: SecretName, connection: ConnectionID) async throws {
    secrets.withLock { $0[ByteText(connection.rawValue), default: [:]][ByteText(name.rawValue)] = secret }
  }

  public func secret(_ name: SecretName, connection: ConnectionID) async throws -> Secret? {
    secrets.withLock { $0[ByteText(connection.rawValue)]?[ByteText(name.rawValue)] }
  }

  @discardableResult
  public func remove(_ name: SecretName, connection: ConnectionID) async throws -> Bool {
    secrets.withLock { $0[ByteText(connection.rawValue)]?.removeValue(forKey: ByteText(name.rawValue)) != nil }
  }

  public func names(connection: ConnectionID) async throws -> [SecretName] {
    let names = secrets.withLock { secrets in secrets[ByteText(connection.rawValue)].map { Array($0.keys) } ?? [] }
    return names.sorted().map { SecretName(unchecked: $0.text) }
  }
}

extension SecretStore where Self == InMemorySecretStore {
  /// A new, empty secret store in memory.
  public static var inMemory: InMemorySecretStore { InMemorySecretStore() }
}
