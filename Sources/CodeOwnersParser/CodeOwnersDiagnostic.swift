/// Something about a line of a CODEOWNERS file that its author should know.
public struct CodeOwnersDiagnostic: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in bytes.
  public var column: Int
  /// What it is about, as a stable word.
  public var kind: Kind
  /// Why, as the rest of a sentence.
  public var reason: String
  /// What it does to the file.
  public var effect: Effect
  /// How to mend it, where that is known.
  public var advice: String?

  /// What a diagnostic does to the file.
  public enum Effect: String, Hashable, Sendable {
    /// Nothing: the line works as written, and probably not as meant.
    case note
    /// The line counts for nothing.
    case lineSkipped
    /// The whole file counts for nothing.
    case fileSkipped
  }

  /// Makes a diagnostic.
  public init(line: Int, column: Int, kind: Kind, reason: String, effect: Effect, advice: String? = nil) {
    self.line = line
    self.column = column
    self.kind = kind
    self.reason = reason
    self.effect = effect
    self.advice = advice
  }

  /// `line 9, column 1: a pattern cannot start with "!"`.
  public var description: String { "line \(line), column \(column): \(reason)" }
}

extension CodeOwnersDiagnostic {
  /// What a diagnostic is about; a set that may grow.
  public struct Kind: RawRepresentable, Hashable, Sendable, Codable {
    /// The stable word.
    public var rawValue: String
    /// Makes a kind of a stable word.
    public init(rawValue: String) { self.rawValue = rawValue }
  }
}

extension CodeOwnersDiagnostic.Kind {
  /// A pattern that the dialect does not have.
  public static let invalidPattern = Self(rawValue: "invalid-pattern")
  /// A word that is no owner.
  public static let invalidOwner = Self(rawValue: "invalid-owner")
  /// A pattern that no path can match.
  public static let neverMatches = Self(rawValue: "never-matches")
  /// An owner where a pattern belongs.
  public static let ownerAsPattern = Self(rawValue: "owner-as-pattern")
  /// Three bytes before the text.
  public static let byteOrderMark = Self(rawValue: "byte-order-mark")
  /// A file above the host's limit.
  public static let fileTooLarge = Self(rawValue: "file-too-large")
  /// A file close to the host's limit.
  public static let fileNearLimit = Self(rawValue: "file-near-limit")
}
