/// Who should own something, by whoever found that the file does not say so: drift, or a gap.
public struct OwnerSuggestion: Hashable, Sendable {
  /// What should be owned.
  public var target: Target
  /// By whom, in the order to write them.
  public var owners: [Owner]

  /// Makes a suggestion.
  public init(_ target: Target, owners: [Owner]) {
    self.target = target
    self.owners = owners
  }

  /// What should be owned.
  public enum Target: Hashable, Sendable {
    /// All that the rule on this line decides about: its owners are replaced.
    case rule(line: Int)
    /// Files, which get rules of their own: these files and no other ones.
    case paths([String])
  }
}

/// A suggestion that a repair could not follow, or only in part.
public struct UnmetSuggestion: Hashable, Sendable {
  /// The suggestion.
  public var suggestion: OwnerSuggestion
  /// The files that keep their owners all the same; empty when it is about a rule.
  public var paths: [String]
  /// Why, as a sentence.
  public var reason: String
}
