import KoalrDomain
public import KoalrStorage

/// The keys that secrets are sealed with: all of them open, the first one seals.
///
/// As text, one key in a line: its id, a colon, and 32 bytes in base64. Ids are 1 to 32 of `A-Z a-z 0-9 _ -`, each used once. Empty
/// lines and lines that begin with `#` are left out.
///
/// ```text
/// # made in March; seals
/// 2026-03:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
/// # still opens what was sealed before
/// 2025-09:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=
/// ```
///
/// No rendering and no error shows a key. Errors name lines by their number alone, because a line with a slip may be a key.
public struct SealingKeys: Sendable {
  let entries: [Entry]

  struct Entry: Sendable {
    let id: String
    let cipher: AES256GCM
  }

  /// The ids of all keys; the first one is used for new secrets.
  public var ids: [String] { entries.map(\.id) }

  /// How many keys there may be.
  public static let mostKeys = 100

  /// Reads keys from a text.
  ///
  /// - Throws: `SealingError` with `badKeys`.
  public init(text: String) throws(SealingError) {
    try self.init(lines: text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline), source: Source("the text"))
  }

  /// Where keys come from, for messages.
  struct Source {
    var name: String
    /// What a key is written in.
    var unit: String

    init(_ name: String, unit: String = "line") {
      self.name = name
      self.unit = unit
    }

    func error(_ reason: String) -> SealingError {
      SealingError(.badKeys, operation: "read sealing keys from \(name)", reason: reason)
    }
  }

  init(lines: [Substring], source: Source) throws(SealingError) {
    var entries: [Entry] = []
    var lineOfID: [String: Int] = [:]
    for (number, line) in zip(1..., lines) {
      let line = line.trimmed
      if line.isEmpty || line.hasPrefix("#") { continue }
      let entry = try Self.entry(line, number: number, source: source)
      if let first = lineOfID.updateValue(number, forKey: entry.id) {
        throw source.error("\(source.unit) \(first) and \(source.unit) \(number) have the same id; give each key its own.")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else {
      throw source.error("there is no key in it; write one as id:base64, made with `head -c 32 /dev/urandom | base64`.")
    }
    guard entries.count <= Self.mostKeys else {
      throw source.error("there are \(entries.count) keys; keep the last \(Self.mostKeys).")
    }
    self.entries = entries
  }

  private static func entry(_ line: Substring, number: Int, source: Source) throws(SealingError) -> Entry {
    let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw source.error("\(source.unit) \(number) has no colon; write id:base64.") }
    guard isID(parts[0]) else {
      throw source.error("the id in \(source.unit) \(number) is not 1 to 32 of A-Z, a-z, 0-9, _ and -.")
    }
    guard let key = Data(base64Encoded: String(parts[1].trimmed)) else {
      throw source.error("what follows the id in \(source.unit) \(number) is not base64.")
    }
    do throws(CryptographyError) {
      return Entry(id: String(parts[0]), cipher: try AES256GCM(key: Array(key)))
    } catch {
      throw source.error("the key in \(source.unit) \(number) has \(key.count) bytes instead of \(AES256GCM.keySize).")
    }
  }

  /// Whether a text may be the id of a key.
  static func isID(_ text: some StringProtocol) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        case UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}

extension Substring {
  /// Without the blanks around it.
  fileprivate var trimmed: Substring {
    let tail = drop { $0 == " " || $0 == "\t" }
    return tail.lastIndex { $0 != " " && $0 != "\t" }.map { tail[...$0] } ?? ""
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SealingKeys: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "SealingKeys(\(ids.joined(separator: ", ")): <redacted>)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["ids": ids]) }
}
