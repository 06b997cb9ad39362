/// How the checks of a commit stand together.
public enum CheckRollup: String, Hashable, Sendable, Codable, CaseIterable {
  /// At least one has not ended.
  case pending
  /// All have ended, and at least one did not succeed.
  case failing
  /// All have ended well, or there is none.
  case passing
}

extension Sequence<Check> {
  /// How the checks stand together, as GitHub sums them up in `statusCheckRollup`: what was skipped or is neutral does not fail.
  public var rollup: CheckRollup {
    var rollup = CheckRollup.passing
    for check in self {
      guard let conclusion = check.conclusion else { return .pending }
      if !["success", "neutral", "skipped"].contains(conclusion) { rollup = .failing }
    }
    return rollup
  }
}
