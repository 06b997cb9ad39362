import KoalrCore
import PeerSupport
import KoalrCryptography
import Synchronization
import Testing

struct RotationTests {
  private typealias Sample = KeyringSample

  private static let places = (0..<5).flatMap { connection in
    ["token", "webhook-secret"].map { Sample.place("connection \(connection)", $0) }
  }

  private static func text(_ place: SecretPlace) -> String { "hunter2 \(place.connection) \(place.name)" }

  /// A storage whose secrets were sealed with the second key.
  private static func oldSecrets() async throws -> InMemorySealedSecrets {
    let storage = InMemorySealedSecrets()
    let old = try Sample.sealer(1)
    for place in places { try await storage.write(old.seal(Sample.secret(text(place)), for: place), at: place) }
    return storage
  }

  private static func expectAll(_ storage: InMemorySealedSecrets, openWith sealer: KeyringSealer) async throws {
    for place in places {
      let sealed = try #require(try await storage.sealed(at: place))
      #expect(try sealer.open(sealed, from: place).reveal() == text(place))
    }
  }

  @Test func `every secret of an older key is sealed again, once`() async throws {
    let storage = try await Self.oldSecrets()
    let secrets = SealedSecretStore(storage, sealer: try Sample.sealer(0, 1))
    let place = Self.places[3]
    #expect(try await secrets.outdatedPlaces() == Self.places)
    try await secrets.save(Sample.secret(Self.text(place)), name: place.name, connection: place.connection)
    #expect(try await secrets.outdatedPlaces().count == 9)
    #expect(try await secrets.reseal() == 9)
    #expect(try await secrets.outdatedPlaces() == [])
    #expect(try await secrets.reseal() == 0)
    try await Self.expectAll(storage, openWith: try Sample.sealer(0))
  }

  /// Listing, then reading and exchanging each of the ten; one more than that, so that one run ends by itself.
  private static let steps = 0...1 + 2 * places.count

  @Test(arguments: steps, [false, true])
  func `stopped at any point, it goes on where it was`(step: Int, isDone: Bool) async throws {
    let storage = try await Self.oldSecrets()
    let sealer = try Sample.sealer(0, 1)
    let failing = ObservedStorage(storage) { number, moment in
      if number == step, moment == (isDone ? .after : .before) {
        throw StoreError(.unavailable, operation: "test", reason: "stopped.")
      }
    }
    if step == Self.steps.upperBound {
      #expect(try await SealedSecretStore(failing, sealer: sealer).reseal() == Self.places.count)
    } else {
      await #expect(throws: StoreError.self) { try await SealedSecretStore(failing, sealer: sealer).reseal() }
    }
    try await Self.expectAll(storage, openWith: sealer)
    let secrets = SealedSecretStore(storage, sealer: sealer)
    let exchanged = isDone ? step / 2 : max(step - 1, 0) / 2
    #expect(try await secrets.outdatedPlaces() == Array(Self.places.dropFirst(exchanged)))
    #expect(try await secrets.reseal() == Self.places.count - min(exchanged, Self.places.count))
    try await Self.expectAll(storage, openWith: try Sample.sealer(0))
  }

  @Test(arguments: [0, 1, 2])
  func `a token that is replaced between reading and writing stays, whatever its key`(key: Int) async throws {
    let storage = try await Self.oldSecrets()
    let place = Self.places[0]
    let writer = try Sample.sealer(key)
    // The call after the listing reads this place.
    let observed = ObservedStorage(storage) { number, moment in
      if (number, moment) == (1, .after) { try await storage.write(writer.seal(Sample.secret("new"), for: place), at: place) }
    }
    #expect(try await SealedSecretStore(observed, sealer: try Sample.sealer(0, 1, 2)).reseal() == (key == 0 ? 9 : 10))
    let sealed = try #require(try await storage.sealed(at: place))
    #expect(try Sample.sealer(0).open(sealed, from: place).reveal() == "new")
  }

  @Test(arguments: [0, 1])
  func `a token that is removed before or after reading stays removed`(call: Int) async throws {
    let storage = try await Self.oldSecrets()
    let observed = ObservedStorage(storage) { number, moment in
      if (number, moment) == (call, .after) { try await storage.remove(at: Self.places[0]) }
    }
    #expect(try await SealedSecretStore(observed, sealer: try Sample.sealer(0, 1)).reseal() == 9)
    #expect(try await storage.sealed(at: Self.places[0]) == nil)
  }

  @Test func `a secret that cannot be opened stays as it is and stops no other`() async throws {
    let storage = try await Self.oldSecrets()
    let lost = Self.places[2]
    let foreign = try Sample.sealer(2).seal(Sample.secret(), for: lost)
    try await storage.write(foreign, at: lost)
    try await storage.write(SealedSecret(rawValue: "k1"), at: Self.places[4])
    let secrets = SealedSecretStore(storage, sealer: try Sample.sealer(0, 1))
    let error = await #expect(throws: SealingError.self) { try await secrets.reseal() }
    #expect(error?.code == .unknownKey)
    #expect(
      error?.description
        == "Could not seal 2 of the secrets again: 8 were sealed again. The first of those that were not: Could not open the secret "
        + "\"token\" of \"connection 1\": it was sealed with the key 2025-03, which is not among the keys at hand (2026-03, 2025-09); "
        + "add that key, or save the secret anew.")
    #expect(try await secrets.outdatedPlaces() == [lost, Self.places[4]])
    #expect(try await storage.sealed(at: lost) == foreign)
    try await secrets.removeAll(connection: lost.connection)
    #expect(try await secrets.names(connection: lost.connection) == [])
  }

  @Test func `several processes may rotate at once`() async throws {
    let storage = try await Self.oldSecrets()
    let sealer = try Sample.sealer(0, 1)
    let total = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 { group.addTask { try await SealedSecretStore(storage, sealer: sealer).reseal() } }
      return try await group.reduce(0, +)
    }
    #expect(total == Self.places.count)
    try await Self.expectAll(storage, openWith: try Sample.sealer(0))
  }

  @Test func `a cancelled rotation stops`() async throws {
    let secrets = SealedSecretStore(try await Self.oldSecrets(), sealer: try Sample.sealer(0, 1))
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await secrets.reseal()
    }
    await #expect(throws: CancellationError.self) { try await task.value }
    #expect(try await secrets.outdatedPlaces() == Self.places)
  }
}

/// A storage that tells before and after each of its calls, counted from zero.
final class ObservedStorage: SealedSecretStorage {
  enum Moment { case before, after }

  private let storage: InMemorySealedSecrets
  private let calls = Mutex(0)
  private let tell: @Sendable (Int, Moment) async throws -> Void

  init(_ storage: InMemorySealedSecrets, tell: @escaping @Sendable (Int, Moment) async throws -> Void) {
    self.storage = storage
    self.tell = tell
  }

  private func observed<Result>(_ body: () async throws -> Result) async throws -> Result {
    let number = calls.withLock { calls in
      calls += 1
      return calls - 1
    }
    try await tell(number, .before)
    let result = try await body()
    try await tell(number, .after)
    return result
  }

  func write(_ sealed: SealedSecret, at place: SecretPlace) async throws {
    try await observed { try await storage.write(sealed, at: place) }
  }

  func exchange(_ old: SealedSecret, for new: SealedSecret, at place: SecretPlace) async throws -> Bool {
    try await observed { try await storage.exchange(old, for: new, at: place) }
  }

  func sealed(at place: SecretPlace) async throws -> SealedSecret? {
    try await observed { try await storage.sealed(at: place) }
  }

  func remove(at place: SecretPlace) async throws -> Bool { try await observed { try await storage.remove(at: place) } }

  func places(of connection: ConnectionID?) async throws -> [SecretPlace] {
    try await observed { try await storage.places(of: connection) }
  }
}
