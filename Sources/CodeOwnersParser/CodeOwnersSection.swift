/// A part of a CODEOWNERS file with rules of its own, in dialects that have sections.
public struct CodeOwnersSection: Hashable, Sendable {
  /// The name as first written.
  public var name: String
  /// The line of its first header, from 1; of its first rule where rules stand before any header.
  public var line: Int
  /// Whether approvals of its owners may be missing: all of its rules stand under optional headers.
  public var isOptional: Bool
  /// How many approvals its first header asks for. A later header of the same name may ask for others, see ``OwnershipDecision``.
  public var approvals: Int
  /// Who owns what a rule without owners matches, by its first header.
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
