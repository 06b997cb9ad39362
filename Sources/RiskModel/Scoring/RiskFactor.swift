/// One reason why a change may be risky.
///
/// A factor looks at evidence and returns how strongly it applies, with the reason in words and numbers; it fetches nothing,
/// reads no clock, and does not know how many points it is worth. Use one through ``RiskScorer``. To write one, choose a key
/// that was never used with another meaning, return ``FactorVerdict/missing(reason:)`` whenever the evidence is not there, and
/// give it points in ``RiskWeights``.
public protocol RiskFactor: Sendable {
  /// The key that assessments store: `change-size`.
  var key: String { get }

  /// Returns how strongly the factor applies to a change.
  func strength(in evidence: ChangeEvidence) -> FactorVerdict
}

/// What a factor says about a change.
public enum FactorVerdict: Hashable, Sendable {
  /// How strongly it applies, 0 (not at all) to 1 (fully), and why, in words and numbers.
  case strength(Double, reason: String)
  /// It could not look, and why.
  case missing(reason: String)
}
