/// What a file says about a path, without the line that says so: two files that say it agree.
public struct OwnershipClaim: Hashable, Sendable {
  /// The section that speaks; `nil` where files have no sections. Sections are compared without regard to case.
  public var section: String?
  /// The owners, by their text in lower case; empty when the rule names nobody.
  public var owners: [Owner]
  /// How many of them have to approve.
  public var approvals: Int
  /// Whether the answer is only advice.
  public var isOptional: Bool

  /// Makes the claim of a decision; the order of its owners does not matter.
  public init(_ decision: OwnershipDecision) {
    section = decision.section?.name
    owners = Dictionary(decision.owners.map { ($0.folded, $0) }, uniquingKeysWith: { first, _ in first })
      .sorted { $0.key < $1.key }.map(\.value)
    approvals = decision.approvals
    isOptional = decision.isOptional
  }

  static func all(_ decisions: [OwnershipDecision]) -> [Self] { decisions.map { Self($0) } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension OwnershipClaim: CustomStringConvertible {
  public static func == (left: Self, right: Self) -> Bool {
    left.section?.lowercased() == right.section?.lowercased() && left.owners == right.owners
      && left.approvals == right.approvals && left.isOptional == right.isOptional
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(section?.lowercased())
    hasher.combine(owners)
  }

  /// `@acme/api @ann`, `nobody`, and with sections as in their headers: `^[Docs] @ann`, `[API][2] @ben @eve`.
  public var description: String {
    let names = owners.isEmpty ? "nobody" : owners.map(\.text).joined(separator: " ")
    guard let section else { return names }
    return "\(isOptional ? "^" : "")[\(section)]\(approvals > 1 ? "[\(approvals)]" : "") \(names)"
  }
}
