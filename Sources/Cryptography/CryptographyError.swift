/// Why a cryptographic operation gave no result. Never holds a key, a message or a tag.
public struct CryptographyError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure.
  public var code: Code
  /// What was tried.
  public var operation: String
  /// Why it failed and what to do next, in one sentence that is safe in any log.
  public var reason: String

  /// A kind of failure; may grow.
  public struct Code: Hashable, Sendable {
    private let word: String
    /// The platform has no cryptography.
    public static let unavailable = Self(word: "unavailable")
    /// A key, nonce or message has a size that cannot be used.
    public static let wrongSize = Self(word: "wrongSize")
    /// The tag does not fit: another key, or something was changed.
    public static let refused = Self(word: "refused")
    /// The platform's library failed.
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
