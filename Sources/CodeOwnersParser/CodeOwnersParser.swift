/// Reads CODEOWNERS files.
///
/// ```swift
/// let file = CodeOwnersParser(dialect: .gitHub).parse(text)
/// file.owners(of: "api/routes.swift")     // .owned([@acme/api], line: 3), .unowned(line: 4), or .noRule
/// ```
///
/// Parsing never fails: a bad line becomes a diagnostic and the good lines keep working.
public struct CodeOwnersParser: Sendable {
  /// The size in bytes from which a file is not read at all: 3 MiB. GitHub says 3 MB and not which.
  public static let maximumBytes = 3 * 1024 * 1024
  /// The size in bytes above which a note warns of that limit.
  public static let cautiousBytes = 3_000_000
  /// The length in bytes above which a pattern is skipped: longer than any path git checks out.
  public static let maximumPatternBytes = 4_096
  /// How many diagnostics are kept; the last one says that there may be more.
  public static let maximumDiagnostics = 10_000

  /// Whose rules apply.
  public let dialect: Dialect

  /// Makes a parser.
  public init(dialect: Dialect = .gitHub) { self.dialect = dialect }

  /// Parses a text. Costs its length.
  public func parse(_ text: String) -> CodeOwnersFile {
    parse(bytes: Array(text.utf8))
  }

  /// Parses bytes that should be UTF-8; those that are not match themselves. Costs their number.
  public func parse(bytes: [UInt8]) -> CodeOwnersFile {
    CodeOwnersFile(dialect: dialect, bytes: bytes, contents: dialect.read(bytes))
  }
}
