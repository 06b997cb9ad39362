public import KoalrCore

/// What every `Sealer` promises, as checks that need no test framework.
public struct SealerContract: Sendable {
  private let makeSealer: @Sendable () throws -> any Sealer

  /// Makes a contract for the sealers that `makeSealer` makes: at each call one with new keys, under the same names as ever.
  public init(makeSealer: @escaping @Sendable () throws -> any Sealer) { self.makeSealer = makeSealer }

  /// One thing a sealer promises.
  public enum Promise: String, CaseIterable, Sendable {
    case opensWhatItSealed = "What was sealed for a place opens there, whatever the secret and the place."
    case sealsDifferently = "The same secret is sealed differently each time."
    case isBoundToItsPlace = "A sealed secret opens at no other place."
    case changesAreRefused = "A text that was changed is refused, and so is one that never was a sealed secret."
    case otherKeysAreRefused = "What was sealed with other keys is refused."
    case knowsWhatIsCurrent = "What was just sealed is current; what is no sealed secret is not."
    case nothingShows = "No sealed text, error or rendering shows the secret."

    /// The promise in words.
    public var sentence: String { rawValue }
  }

  /// Checks one promise on a new sealer.
  ///
  /// - Throws: ``BrokenPromise``. No detail shows a secret.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.sentence) {
      let checks = SealerChecks(sealer: try makeSealer())
      switch promise {
      case .opensWhatItSealed: try checks.opensWhatItSealed()
      case .sealsDifferently: try checks.sealsDifferently()
      case .isBoundToItsPlace: try checks.isBoundToItsPlace()
      case .changesAreRefused: try checks.changesAreRefused()
      case .otherKeysAreRefused: try checks.otherKeysAreRefused(stranger: try makeSealer())
      case .knowsWhatIsCurrent: try checks.knowsWhatIsCurrent()
      case .nothingShows: try checks.nothingShows()
      }
    }
  }
}

/// The checks behind ``SealerContract``.
struct SealerChecks {
  let sealer: any Sealer

  private let place = Self.place("github", "token")

  init(sealer: any Sealer) { self.sealer = sealer }

  private static func place(_ connection: String, _ name: String) -> SecretPlace {
    SecretPlace(connection: ConnectionID(unchecked: connection), name: SecretName(unchecked: name))
  }

  private func secret(_ text: String = "hunter2-in-the-clear") throws -> Secret {
    guard let secret = Secret(text) else { throw ContractFinding(detail: "The contract's own secret is empty.") }
    return secret
  }

  private func requireRefusal(_ sealed: SealedSecret, from place: SecretPlace, by sealer: any Sealer, _ what: String) throws {
    do {
      _ = try sealer.open(sealed, from: place)
    } catch is SealingError {
      return
    }
    throw ContractFinding(detail: "\(what) opened.")
  }

  func opensWhatItSealed() throws {
    let places = [place, Self.place("ü", "\u{1F511}"), Self.place(String(repeating: "c", count: 255), "a.b:c/d")]
    for place in places {
      for text in ["a", "töken \u{1F511}", String(repeating: "x", count: 10_000), "line\nline", "e\u{301}"] {
        let secret = try secret(text)
        let opened = try sealer.open(try sealer.seal(secret, for: place), from: place)
        try require(
          opened.reveal().utf8.elementsEqual(secret.reveal().utf8), "A secret of \(text.utf8.count) bytes came back changed.")
      }
    }
  }

  func sealsDifferently() throws {
    let secret = try secret()
    var seen: Set<SealedSecret> = []
    for _ in 0..<100 {
      try require(seen.insert(try sealer.seal(secret, for: place)).inserted, "The same text came twice.")
    }
  }

  func isBoundToItsPlace() throws {
    let other = ["a", "ab", "abc", "b", "bc", "c", "github", "token", "GitHub", "github.token"]
    for home in [place, Self.place("ab", "c"), Self.place("a", "bc")] {
      let sealed = try sealer.seal(try secret(), for: home)
      for connection in other {
        for name in other where Self.place(connection, name) != home {
          try requireRefusal(
            sealed, from: Self.place(connection, name), by: sealer, "What was sealed for \(home) at \(connection), \(name)")
        }
      }
    }
  }

  func changesAreRefused() throws {
    let text = try sealer.seal(try secret(), for: place).rawValue
    let characters = Array(text)
    for index in characters.indices {
      for other in "Ab0.-" where characters[index] != other {
        var changed = characters
        changed[index] = other
        try requireRefusal(
          SealedSecret(rawValue: String(changed)), from: place, by: sealer, "A text with another character at \(index)")
      }
      try requireRefusal(
        SealedSecret(rawValue: String(characters[..<index])), from: place, by: sealer, "The first \(index) characters")
    }
    let foreign = ["", " ", ".", "..", "\u{0}", "no sealed secret", "hunter2-in-the-clear"]
    for wrong in foreign + [text + "A", text + "=", " " + text, text + text] {
      try requireRefusal(SealedSecret(rawValue: wrong), from: place, by: sealer, "A text of \(wrong.utf8.count) bytes")
    }
  }

  func otherKeysAreRefused(stranger: any Sealer) throws {
    let sealed = try stranger.seal(try secret(), for: place)
    try requireRefusal(sealed, from: place, by: sealer, "What was sealed with other keys")
  }

  func knowsWhatIsCurrent() throws {
    try require(sealer.isCurrent(try sealer.seal(try secret(), for: place)), "What was just sealed is not current.")
    for wrong in ["", "no sealed secret"] {
      try require(!sealer.isCurrent(SealedSecret(rawValue: wrong)), "A text that is no sealed secret is current.")
    }
  }

  func nothingShows() throws {
    let sealed = try sealer.seal(try secret(), for: place)
    var renderings = [sealed.rawValue, "\(sealer)", String(reflecting: sealer)]
    var dumped = ""
    dump(sealer, to: &dumped)
    dump(sealed, to: &dumped)
    renderings.append(dumped)
    for wrong in [SealedSecret(rawValue: sealed.rawValue + "A"), SealedSecret(rawValue: "hunter2-in-the-clear")] {
      do {
        _ = try sealer.open(wrong, from: place)
      } catch {
        renderings += ["\(error)", String(reflecting: error)]
      }
    }
    // Base64 of the secret at each of the three offsets it can have.
    for sign in ["hunter2", "aHVudGVyMi", "h1bnRlcjIta", "odW50ZXIyLWlu"] {
      try require(!renderings.contains { $0.contains(sign) }, "A sealed text, an error or a rendering shows the secret.")
    }
  }
}
