/// A part of a CODEOWNERS file with rules of its own, in dialects that have sections.
public struct CodeOwnersSection: Hashable, Sendable {
  /// The name as first written.
  public var name: String
  /// The line of its first header, from 1.
  public var line: Int
  /// Whether approvals of its owners may be missing.
  public var isOptional: Bool
  /// How many approvals it asks for.
  public var approvals: Int
  /// Who owns what a rule without owners matches.
  public var defaultOwners: [Owner]

  /// Makes a section.
  public init(name: String, line: Int, isOptional: Bool, approvals: Int, defaultOwners: [Owner]) {
    self.name = name
    self.line = line
    self.isOptional = isOptional
    self.approvals = approvals
    self.defaultOwners = defaultOwners
  }
}
