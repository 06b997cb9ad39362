/// A line of a CODEOWNERS file, whatever it says.
public struct CodeOwnersLine: Hashable, Sendable {
  /// The line, from 1.
  public var number: Int
  /// Its bytes in the file, with those that end the line. The ranges of all lines make up the file.
  public var range: Range<Int>
  /// Its text without what ends the line.
  public var text: String
  /// What it says.
  public var content: Content

  /// What a line says.
  public enum Content: Hashable, Sendable {
    /// Nothing.
    case blank
    /// Nothing to a program.
    case comment
    /// Where a section begins, as an index into ``CodeOwnersFile/sections``.
    case section(Int)
    /// A rule, as an index into ``CodeOwnersFile/rules``.
    case rule(Int)
    /// Something that cannot be used; ``CodeOwnersFile/diagnostics`` says why.
    case skipped
  }

  /// Makes a line.
  public init(number: Int, range: Range<Int>, text: String, content: Content) {
    self.number = number
    self.range = range
    self.text = text
    self.content = content
  }
}
