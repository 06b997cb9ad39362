/// A line of a CODEOWNERS file that counts.
public struct CodeOwnersRule: Hashable, Sendable {
  /// The line, from 1.
  public var line: Int
  /// The pattern as written, escapes included, without the `!` of an exclusion.
  public var pattern: String
  /// Who owns what it matches; empty for a rule that names nobody.
  public var owners: [Owner]
  /// The section it stands in, as an index into ``CodeOwnersFile/sections``.
  public var section: Int?
  /// Whether what it matches is left out of its section.
  public var isExclusion: Bool
  /// What follows `#` on the line, without the `#`.
  public var comment: String?

  /// Makes a rule.
  public init(
    line: Int, pattern: String, owners: [Owner], section: Int? = nil, isExclusion: Bool = false, comment: String? = nil
  ) {
    self.line = line
    self.pattern = pattern
    self.owners = owners
    self.section = section
    self.isExclusion = isExclusion
    self.comment = comment
  }
}
