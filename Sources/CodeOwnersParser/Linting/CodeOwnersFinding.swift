/// Something about a CODEOWNERS file that somebody should mend.
public struct CodeOwnersFinding: Hashable, Sendable {
  /// What it is about: a stable word.
  public var rule: Rule
  /// How bad it is.
  public var severity: Severity
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in bytes.
  public var column: Int
  /// What is wrong, as the rest of a sentence.
  public var message: String
  /// What to do about it.
  public var advice: String
  /// Who found it.
  public var source: Source

  /// Makes a finding.
  public init(
    rule: Rule, severity: Severity, line: Int, column: Int, message: String, advice: String, source: Source = .koalr
  ) {
    self.rule = rule
    self.severity = severity
    self.line = line
    self.column = column
    self.message = message
    self.advice = advice
    self.source = source
  }

  /// How bad a finding is.
  public enum Severity: String, Hashable, Sendable, Codable, CaseIterable {
    /// Something that is written does not hold: a line, an owner, the file.
    case error
    /// It holds as written, and probably not as meant.
    case warning
    /// It could be tidier.
    case note
  }

  /// Who found something.
  public enum Source: String, Hashable, Sendable, Codable, CaseIterable {
    /// The lint of this library.
    case koalr
    /// The host's own check.
    case host
    /// Both.
    case both
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CodeOwnersFinding: Comparable, CustomStringConvertible {
  /// By place, then by rule and words.
  public static func < (left: Self, right: Self) -> Bool {
    (left.line, left.column, left.rule.rawValue, left.message) < (right.line, right.column, right.rule.rawValue, right.message)
  }

  /// `line 9, column 12: error: @zoe does not exist (unknown-owner); name somebody who does`.
  public var description: String {
    "line \(line), column \(column): \(severity.rawValue): \(message) (\(rule)); \(advice)"
  }
}
