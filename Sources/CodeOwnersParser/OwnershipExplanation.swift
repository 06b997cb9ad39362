/// Why a path is owned by whom: what decided, and what would have without it.
public struct OwnershipExplanation: Hashable, Sendable {
  /// The path.
  public var path: String
  /// One for each section that says something, in the order of the file.
  public var parts: [Part]

  /// A decision and the rules that lost against it.
  public struct Part: Hashable, Sendable {
    /// What decided.
    public var decision: OwnershipDecision
    /// The rules that match too and stand earlier, the latest first.
    public var shadowed: [CodeOwnersRule]
    /// Who would own the path by each of them: those of its section where the rule names nobody.
    public var shadowedOwners: [[Owner]]

    /// Makes a part; without other owners, those that lost are the ones that the shadowed rules name.
    public init(decision: OwnershipDecision, shadowed: [CodeOwnersRule], shadowedOwners: [[Owner]]? = nil) {
      self.decision = decision
      self.shadowed = shadowed
      self.shadowedOwners = shadowedOwners ?? shadowed.map(\.owners)
    }
  }

  /// Makes an explanation.
  public init(path: String, parts: [Part]) {
    self.path = path
    self.parts = parts
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension OwnershipExplanation: CustomStringConvertible {
  /// `api/x.md: line 3 "/api/" (@acme/api), before line 2 "*.md" (@writers), line 1 "*" (@all)`
  public var description: String {
    guard !parts.isEmpty else { return "\(path): no rule matches" }
    return parts.map { "\(path): \($0)" }.joined(separator: "\n")
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension OwnershipExplanation.Part: CustomStringConvertible {
  public var description: String {
    let section = decision.section.map { "[\($0.name)] " } ?? ""
    let winner = section + Self.text(decision.rule, decision.owners)
    guard !shadowed.isEmpty else { return winner }
    return winner + ", before " + zip(shadowed, shadowedOwners).map(Self.text).joined(separator: ", ")
  }

  private static func text(_ rule: CodeOwnersRule, _ owners: [Owner]) -> String {
    let names = owners.isEmpty ? "nobody" : owners.map(\.text).joined(separator: " ")
    return "line \(rule.line) \"\(rule.pattern)\" (\(names))"
  }
}
