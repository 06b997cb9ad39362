/// What a CODEOWNERS file says about one path.
public enum Ownership: Hashable, Sendable {
  /// The rule on `line` names owners; any one of them may approve.
  case owned([Owner], line: Int)
  /// The rule on `line` names nobody on purpose.
  case unowned(line: Int)
  /// No rule matches.
  case noRule

  /// The owners; empty when nobody owns the path.
  public var owners: [Owner] {
    if case .owned(let owners, _) = self { owners } else { [] }
  }

  /// The line of the rule that decided, from 1; `nil` when no rule matches.
  public var line: Int? {
    switch self {
    case .owned(_, let line), .unowned(let line): line
    case .noRule: nil
    }
  }
}
