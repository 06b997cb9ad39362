/// What one section of a file, or a file without sections, says about a path.
public struct OwnershipDecision: Hashable, Sendable {
  /// The section, or `nil` in dialects that have none.
  public var section: CodeOwnersSection?
  /// The rule that decides.
  public var rule: CodeOwnersRule
  /// Who may approve: the rule's owners, or the section's where the rule names nobody and the section does.
  public var owners: [Owner]
  /// How many approvals are asked for; 0 when nobody owns the path and no section asks for any.
  public var approvals: Int
  /// Whether approvals may be missing all the same.
  public var isOptional: Bool

  /// Makes a decision.
  public init(section: CodeOwnersSection?, rule: CodeOwnersRule, owners: [Owner], approvals: Int, isOptional: Bool) {
    self.section = section
    self.rule = rule
    self.owners = owners
    self.approvals = approvals
    self.isOptional = isOptional
  }
}
