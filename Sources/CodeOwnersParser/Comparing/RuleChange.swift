/// A rule that one file has and the other has not, or has otherwise.
public struct RuleChange: Hashable, Sendable {
  /// The rule of the old file; `nil` for one that was added.
  public var old: CodeOwnersRule?
  /// The rule of the new file; `nil` for one that was removed.
  public var new: CodeOwnersRule?
  /// Whether it stands in another order to the rules that stayed, which decides where two rules match.
  public var isMoved: Bool

  /// What happened to it.
  public var kind: Kind {
    if old == nil { return .added }
    if new == nil { return .removed }
    return old?.hasOwners(of: new) == true ? .moved : .changed
  }

  /// What happened to a rule.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// The new file has it.
    case added
    /// The old file had it.
    case removed
    /// Its owners are others; it may stand elsewhere, too.
    case changed
    /// It stands elsewhere among the others, and is the same.
    case moved
  }
}

extension CodeOwnersRule {
  /// Whether it names the same owners, in whatever order.
  func hasOwners(of other: CodeOwnersRule?) -> Bool {
    other.map { Set($0.owners) == Set(owners) } ?? false
  }
}
