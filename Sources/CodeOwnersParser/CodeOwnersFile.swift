/// A parsed CODEOWNERS file that knows the owners of every path.
///
/// It keeps the file as it was read, and nothing else as text: rules and lines are made when they are asked for. A lookup costs
/// about the number of the path's segments, not the number of rules. See ``CodeOwnersParser``.
public struct CodeOwnersFile: Sendable {
  /// Whose rules the file was read by.
  public let dialect: CodeOwnersParser.Dialect
  /// The same bytes as were read.
  public let bytes: [UInt8]
  let contents: FileContents
  /// The matcher of a file in which the last rule decides, which `contents` holds.
  let soleMatcher: Lent<PatternMatcher>?

  /// The file as text; bytes that are not UTF-8 become U+FFFD. Costs its length.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The rules that count, in the order of the file.
  public var rules: CodeOwnersRules { CodeOwnersRules(bytes: bytes, table: contents.table) }

  /// The sections in the order of the file; empty in dialects that have none.
  public var sections: [CodeOwnersSection] { contents.sections }

  /// Every line, also those that say nothing.
  public var lines: CodeOwnersLines { CodeOwnersLines(bytes: bytes, contents: contents) }

  /// What is wrong or doubtful, by line.
  public var diagnostics: [CodeOwnersDiagnostic] { contents.diagnostics.kept }

  init(dialect: CodeOwnersParser.Dialect, bytes: [UInt8], contents: FileContents) {
    self.dialect = dialect
    self.bytes = bytes
    self.contents = contents
    soleMatcher = contents.matcher.map { Lent($0) }
  }
}
