public import KoalrCore

/// What every `SealedSecretStorage` promises, as checks that need no test framework.
public struct SealedSecretStorageContract: Sendable {
  private let makeStorage: @Sendable () async throws -> any SealedSecretStorage

  /// Makes a contract for the storages that `makeStorage` makes: a new, empty one at each call.
  public init(makeStorage: @escaping @Sendable () async throws -> any SealedSecretStorage) { self.makeStorage = makeStorage }

  /// One thing a storage of sealed secrets promises.
  public enum Promise: String, CaseIterable, Sendable {
    case readsBack = "What was written reads back byte by byte, and what was not written is nil."
    case lastOneWins = "A text written at a place in use takes its place."
    case placesAreSeparate = "Places do not mix, whatever their connections and names."
    case removedIsGone = "What was removed is gone, and removing says whether there was anything."
    case exchangesWhatIsThere = "An exchange happens only while the old text is there, byte by byte, and says whether it did."
    case oneExchangeWins = "Of several exchanges of the same text at the same time one happens."
    case placesAreListed = "Places are listed, of one connection or of all, in the order of the bytes of connection and name."

    /// The promise in words.
    public var sentence: String { rawValue }
  }

  /// Checks one promise on a new storage.
  ///
  /// - Throws: ``BrokenPromise``.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.sentence) {
      let checks = SealedStorageChecks(storage: try await makeStorage())
      switch promise {
      case .readsBack: try await checks.readsBack()
      case .lastOneWins: try await checks.lastOneWins()
      case .placesAreSeparate: try await checks.placesAreSeparate()
      case .removedIsGone: try await checks.removedIsGone()
      case .exchangesWhatIsThere: try await checks.exchangesWhatIsThere()
      case .oneExchangeWins: try await checks.oneExchangeWins()
      case .placesAreListed: try await checks.placesAreListed()
      }
    }
  }
}

/// The checks behind ``SealedSecretStorageContract``.
struct SealedStorageChecks: Sendable {
  let storage: any SealedSecretStorage

  private let place = Self.place("one", "token")

  init(storage: any SealedSecretStorage) { self.storage = storage }

  private static func place(_ connection: String, _ name: String) -> SecretPlace {
    SecretPlace(connection: ConnectionID(unchecked: connection), name: SecretName(unchecked: name))
  }

  private func write(_ text: String, at place: SecretPlace) async throws {
    try await storage.write(SealedSecret(rawValue: text), at: place)
  }

  private func exchange(_ old: String, for new: String, at place: SecretPlace) async throws -> Bool {
    try await storage.exchange(SealedSecret(rawValue: old), for: SealedSecret(rawValue: new), at: place)
  }

  /// Compares by bytes: two strings may be equal and differ in them.
  private func expect(_ text: String?, at place: SecretPlace) async throws {
    let found = try await storage.sealed(at: place)?.rawValue
    try require(found.map { Array($0.utf8) }, is: text.map { Array($0.utf8) }, "The text of \(place.name) of \(place.connection)")
  }

  func readsBack() async throws {
    try await expect(nil, at: place)
    for text in ["k1.a.AAAA", "e\u{301}", "\u{E9}", String(repeating: "x", count: 100_000)] {
      try await write(text, at: place)
      try await expect(text, at: place)
    }
  }

  func lastOneWins() async throws {
    try await write("first", at: place)
    try await write("second", at: place)
    try await expect("second", at: place)
    try require(try await storage.places(of: nil).count, is: 1, "The number of places")
  }

  func placesAreSeparate() async throws {
    let places = [
      place, Self.place("one", "other"), Self.place("two", "token"), Self.place("onet", "oken"), Self.place("on", "etoken"),
      Self.place("One", "token"), Self.place("e\u{301}", "x"), Self.place("\u{E9}", "x"),
    ]
    for (index, place) in places.enumerated() { try await write("text \(index)", at: place) }
    for (index, place) in places.enumerated() { try await expect("text \(index)", at: place) }
  }

  func removedIsGone() async throws {
    let other = Self.place("two", "token")
    try await write("a", at: place)
    try await write("b", at: other)
    try require(try await storage.remove(at: place), "Removing a text said that there was none.")
    try require(try await storage.remove(at: place) == false, "Removing a text twice said that there was one.")
    try await expect(nil, at: place)
    try await expect("b", at: other)
  }

  func exchangesWhatIsThere() async throws {
    try require(try await exchange("a", for: "b", at: place) == false, "An exchange of nothing happened.")
    try await expect(nil, at: place)
    try await write("e\u{301}", at: place)
    try await write("e\u{301}", at: Self.place("two", "token"))
    for stale in ["\u{E9}", "E\u{301}", "e\u{301} ", ""] {
      try require(try await exchange(stale, for: "b", at: place) == false, "An exchange of another text happened.")
      try await expect("e\u{301}", at: place)
    }
    try require(try await exchange("e\u{301}", for: "b", at: place), "An exchange of the present text did not happen.")
    try await expect("b", at: place)
    try await expect("e\u{301}", at: Self.place("two", "token"))
    _ = try await storage.remove(at: place)
    try require(try await exchange("b", for: "c", at: place) == false, "An exchange of a removed text happened.")
    try await expect(nil, at: place)
  }

  func oneExchangeWins() async throws {
    for round in 0..<20 {
      try await write("old \(round)", at: place)
      let wins = try await withThrowingTaskGroup(of: Int?.self) { group in
        for worker in 0..<8 {
          group.addTask { try await exchange("old \(round)", for: "new \(round) \(worker)", at: place) ? worker : nil }
        }
        return try await group.reduce(into: []) { wins, win in wins += win.map { [$0] } ?? [] }
      }
      try require(wins.count, is: 1, "The number of exchanges of the same text")
      try await expect("new \(round) \(wins[0])", at: place)
    }
  }

  func placesAreListed() async throws {
    try require(try await storage.places(of: nil), is: [], "The places of an empty storage")
    let places = [("b", "y"), ("\u{E9}", "a"), ("b", "x"), ("B", "z"), ("b", "X"), ("ba", "a"), ("a", "b")]
    for (connection, name) in places { try await write("x", at: Self.place(connection, name)) }
    let expected = ["B z", "a b", "b X", "b x", "b y", "ba a", "\u{E9} a"]
    let all = try await storage.places(of: nil).map { "\($0.connection) \($0.name)" }
    try require(all, is: expected, "All places")
    let some = try await storage.places(of: ConnectionID(unchecked: "b")).map { "\($0.connection) \($0.name)" }
    try require(some, is: ["b X", "b x", "b y"], "The places of one connection")
    try require(try await storage.places(of: ConnectionID(unchecked: "c")), is: [], "The places of an unknown connection")
  }
}
