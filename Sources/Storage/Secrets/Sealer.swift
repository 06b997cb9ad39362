public import KoalrDomain

/// Turns a secret into a text that only a holder of the right key can read, and back.
///
/// *Using one:* give it to a ``SealedSecretStore``; `KeyringSealer` of KoalrCryptography is the shipped one.
///
/// *Writing one:* use authenticated encryption; bind the sealed text to its place, so that one that was copied elsewhere does not
/// open there; seal the same secret differently each time; and never put a secret or key into an error. `SealerContract` checks it.
public protocol Sealer: Sendable {
  /// Seals a secret for the place where it will be kept.
  ///
  /// - Throws: ``SealingError``.
  func seal(_ secret: Secret, for place: SecretPlace) throws -> SealedSecret

  /// Opens what was sealed for a place.
  ///
  /// - Throws: ``SealingError``: `unknownKey` when the key is not at hand, `refused` when the text was changed or belongs elsewhere.
  func open(_ sealed: SealedSecret, from place: SecretPlace) throws -> Secret

  /// Whether it says that it was sealed with the key that is used for new secrets; others want to be sealed again.
  func isCurrent(_ sealed: SealedSecret) -> Bool
}

/// Where a secret is kept: a connection and a name.
public struct SecretPlace: Hashable, Sendable {
  /// The connection it belongs to.
  public var connection: ConnectionID
  /// What it is for.
  public var name: SecretName

  /// Makes a place.
  public init(connection: ConnectionID, name: SecretName) {
    self.connection = connection
    self.name = name
  }
}

/// A sealed secret as it is written to disk. It shows nothing without the key.
public struct SealedSecret: RawRepresentable, Hashable, Sendable {
  /// The text.
  public var rawValue: String
  /// Wraps a text.
  public init(rawValue: String) { self.rawValue = rawValue }
}

/// Why a secret could not be sealed or opened. Never holds a secret, a key or a sealed text.
public struct SealingError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure.
  public var code: Code
  /// What was tried.
  public var operation: String
  /// Why it failed and what to do next, in one sentence that is safe in any log.
  public var reason: String

  /// A kind of failure; may grow.
  public struct Code: Hashable, Sendable {
    private let word: String
    /// The key that a secret was sealed with is not at hand.
    public static let unknownKey = Self(word: "unknownKey")
    /// The sealed text was changed, or was sealed for another place, or with another key of the same name.
    public static let refused = Self(word: "refused")
    /// The secret is larger than what may be sealed.
    public static let tooLarge = Self(word: "tooLarge")
    /// There are no usable keys.
    public static let badKeys = Self(word: "badKeys")
    /// The platform has no cryptography.
    public static let unavailable = Self(word: "unavailable")
    /// The platform's cryptography failed.
    public static let failed = Self(word: "failed")
  }

  /// Makes an error.
  public init(_ code: Code, operation: String, reason: String) {
    self.code = code
    self.operation = operation
    self.reason = reason
  }

  /// One sentence, safe in any log.
  public var description: String { "Could not \(operation): \(reason)" }
}
