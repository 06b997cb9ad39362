public import KoalrCore

/// What every `SecretStore` promises, as checks that need no test framework.
public struct SecretStoreContract: Sendable {
  private let makeStore: @Sendable () async throws -> any SecretStore

  /// Makes a contract for the stores that `makeStore` makes: a new, empty one at each call.
  public init(makeStore: @escaping @Sendable () async throws -> any SecretStore) { self.makeStore = makeStore }

  /// One thing a store of secrets promises.
  public enum Promise: String, CaseIterable, Sendable {
    case readsBack = "What was saved reads back, and what was not saved is nil."
    case lastOneWins = "A secret saved under a name in use takes its place."
    case placesAreSeparate = "Connections and names do not mix."
    case removedIsGone = "A removed secret is gone, and removing says whether there was one."
    case namesAreListed = "Names are listed for one connection, in the order of their bytes."
    case nothingShows = "No rendering of the store shows a secret."

    /// The promise in words.
    public var sentence: String { rawValue }
  }

  /// Checks one promise on a new store.
  ///
  /// - Throws: ``BrokenPromise``. No detail shows a secret.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.sentence) {
      let checks = SecretChecks(store: try await makeStore())
      switch promise {
      case .readsBack: try await checks.readsBack()
      case .lastOneWins: try await checks.lastOneWins()
      case .placesAreSeparate: try await checks.placesAreSeparate()
      case .removedIsGone: try await checks.removedIsGone()
      case .namesAreListed: try await checks.namesAreListed()
      case .nothingShows: try await checks.nothingShows()
      }
    }
  }
}

/// The checks behind ``SecretStoreContract``.
struct SecretChecks {
  let store: any SecretStore

  private let one = ConnectionID(unchecked: "one")
  private let two = ConnectionID(unchecked: "two")
  private let hook = SecretName(unchecked: "webhook-secret")

  init(store: any SecretStore) { self.store = store }

  private func save(_ text: String, _ name: SecretName, _ connection: ConnectionID) async throws {
    guard let secret = Secret(text) else { throw ContractFinding(detail: "The contract's own secret is empty.") }
    try await store.save(secret, name: name, connection: connection)
  }

  private func expect(_ text: String?, _ name: SecretName, _ connection: ConnectionID) async throws {
    let found = try await store.secret(name, connection: connection)?.reveal()
    try require(found == text, "The secret \"\(name)\" of \"\(connection)\" is \(found == nil ? "not there" : "another one").")
  }

  func readsBack() async throws {
    try await expect(nil, .token, one)
    for text in ["a", "töken \u{1F511}", String(repeating: "x", count: 10_000), "line\nline"] {
      try await save(text, .token, one)
      try await expect(text, .token, one)
    }
  }

  func lastOneWins() async throws {
    try await save("first", .token, one)
    try await save("second", .token, one)
    try await expect("second", .token, one)
    try require(try await store.names(connection: one).count, is: 1, "The number of names")
  }

  func placesAreSeparate() async throws {
    try await save("a", .token, one)
    try await save("b", hook, one)
    try await save("c", .token, two)
    try await expect("a", .token, one)
    try await expect("b", hook, one)
    try await expect("c", .token, two)
    try await expect(nil, hook, two)
  }

  func removedIsGone() async throws {
    try await save("a", .token, one)
    try await save("b", hook, one)
    try await save("c", .token, two)
    try require(try await store.remove(.token, connection: one), "Removing a secret said that there was none.")
    try require(try await store.remove(.token, connection: one) == false, "Removing a secret twice said that there was one.")
    try await expect(nil, .token, one)
    try await expect("b", hook, one)
    try await store.removeAll(connection: one)
    try await expect(nil, hook, one)
    try await expect("c", .token, two)
  }

  func namesAreListed() async throws {
    try require(try await store.names(connection: one), is: [], "The names of a connection without secrets")
    let names = ["b", "a", "\u{E9}", "B"].map { SecretName(unchecked: $0) }
    for name in names { try await save("x", name, one) }
    try await save("x", hook, two)
    try require(try await store.names(connection: one).map(\.rawValue), is: ["B", "a", "b", "\u{E9}"], "The names")
  }

  func nothingShows() async throws {
    try await save("hunter2-in-the-clear", .token, one)
    var dumped = ""
    dump(store, to: &dumped)
    for rendering in ["\(store)", String(reflecting: store), dumped] {
      try require(!rendering.contains("hunter2"), "A rendering of the store shows the secret.")
    }
  }
}
