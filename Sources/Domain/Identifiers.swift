/// A string that names one thing for good, checked once at the edge and trusted inside.
///
/// Every conforming type accepts 1 to 255 bytes without control characters; a type may be stricter. Decoding checks as well,
/// so that a damaged file cannot smuggle an identifier past the edge.
public protocol Identifier: RawRepresentable, Hashable, Sendable, Codable, Comparable, CustomStringConvertible
where RawValue == String {
  /// What a person calls such an identifier: "repository name".
  static var noun: String { get }

  /// Whether `rawValue` may be one.
  static func accepts(_ rawValue: String) -> Bool

  /// Wraps a value that was accepted already.
  init(unchecked rawValue: String)
}

extension Identifier {
  /// Makes an identifier, or returns `nil` when the text cannot be one.
  public init?(rawValue: String) {
    guard Self.accepts(rawValue) else { return nil }
    self.init(unchecked: rawValue)
  }

  /// Makes an identifier from outside text.
  ///
  /// - Throws: ``InvalidIdentifier`` with the noun and the text, shortened.
  public init(_ text: String) throws(InvalidIdentifier) {
    guard Self.accepts(text) else { throw InvalidIdentifier(noun: Self.noun, text: text) }
    self.init(unchecked: text)
  }

  /// Whether `rawValue` is 1 to 255 bytes without control characters.
  public static func accepts(_ rawValue: String) -> Bool { isPlainText(rawValue) }

  /// The identifier as it is written.
  public var description: String { rawValue }

  /// Orders by the bytes of the text.
  public static func < (left: Self, right: Self) -> Bool {
    left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
  }

  /// Decodes a string and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard Self.accepts(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: InvalidIdentifier(noun: Self.noun, text: text).description)
    }
    self.init(unchecked: text)
  }

  /// Encodes the text.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  static func isPlainText(_ text: String, limit: Int = 255) -> Bool {
    let bytes = text.utf8
    return !bytes.isEmpty && bytes.count <= limit && text.everyByte { $0 >= 0x20 && $0 != 0x7F }
  }
}

extension String {
  /// Whether all bytes pass. Identifiers are checked whenever a stored record is read, and a loop over memory is several times
  /// faster than one over the view.
  @inline(__always)
  fileprivate func everyByte(_ passes: (UInt8) -> Bool) -> Bool {
    utf8.withContiguousStorageIfAvailable { $0.allSatisfy(passes) } ?? utf8.allSatisfy(passes)
  }
}

/// A text that was offered as an identifier and cannot be one.
public struct InvalidIdentifier: Error, Hashable, CustomStringConvertible {
  /// What it was meant to be.
  public var noun: String
  /// The text, shortened to 60 characters.
  public var text: String

  /// Makes the error.
  public init(noun: String, text: String) {
    self.noun = noun
    self.text = String(text.prefix(60))
  }

  /// One sentence for a person.
  public var description: String { "\"\(text)\" is not a \(noun)." }
}

/// The name of a connection, chosen by whoever set it up: `github`, `work-snyk`.
public struct ConnectionID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "connection name" }
}

/// The code host's own stable id of a repository, which survives a rename: GitHub's node id.
public struct RepositoryID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "repository id" }
}

/// The code host's own stable id of a change (a pull request's node id; for a local clone the merge).
public struct ChangeID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "change id" }
}

/// A stable id of another thing, as its source gives it: a deployment, an issue, a team, a finding.
public struct SourceID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "source id" }
}

/// The account name of a person or bot on the code host; bots keep their `[bot]` suffix. Compared exactly.
public struct Login: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "login" }
  /// Accepts plain text without white space or slashes.
  public static func accepts(_ rawValue: String) -> Bool {
    isPlainText(rawValue, limit: 100) && rawValue.everyByte { $0 != 0x20 && $0 != UInt8(ascii: "/") }
  }
  /// Whether a program acts under this name. Hosts let no person choose the ending.
  public var isBot: Bool { rawValue.lowercased().hasSuffix(Self.botSuffix) }
  package static let botSuffix = "[bot]"
}

/// A full git object name: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
public struct CommitID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "commit id (40 or 64 hexadecimal digits)" }
  /// Accepts 40 or 64 lower-case hexadecimal digits.
  public static func accepts(_ rawValue: String) -> Bool {
    let bytes = rawValue.utf8
    return (bytes.count == 40 || bytes.count == 64)
      && rawValue.everyByte { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
  /// The first twelve digits, enough for a person.
  public var short: String { String(rawValue.prefix(12)) }
}

/// A repository's current full name, `owner/name`: an attribute, because repositories are renamed.
public struct RepositoryName: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "repository name (owner/name)" }
  /// Accepts two non-empty parts of letters, digits, `-`, `_` and `.`, neither of them `.` or `..`.
  public static func accepts(_ rawValue: String) -> Bool {
    let parts = rawValue.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.count == 2 && isPlainText(rawValue)
      && parts.allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8) && part.allSatisfy(isNameByte)
      }
  }
  /// The part before the slash.
  public var owner: String { String(rawValue.prefix { $0 != "/" }) }
  /// The part after the slash.
  public var name: String { String(rawValue.drop { $0 != "/" }.dropFirst()) }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
      true
    default: false
    }
  }
}
