/// Something about a line of a CODEOWNERS file that its author should know.
public struct CodeOwnersDiagnostic: Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  public var line: Int
  /// The column, from 1, in bytes.
  public var column: Int
  /// Why, as the rest of a sentence.
  public var reason: String
  /// What it does to the file.
  public var effect: Effect

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
  public init(line: Int, column: Int, reason: String, effect: Effect) {
    self.line = line
    self.column = column
    self.reason = reason
    self.effect = effect
  }

  /// `line 9, column 1: a pattern cannot start with "!"`.
  public var description: String { "line \(line), column \(column): \(reason)" }
}
