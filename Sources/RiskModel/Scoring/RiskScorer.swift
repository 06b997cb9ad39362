public import KoalrDomain

/// Turns evidence into an explained score: points by factor, each with its reason, and what could not be looked at.
///
/// ```swift
/// let assessment = RiskScorer(model: .sevenFactor).assess(evidence)
/// ```
///
/// Points are whole and rounded factor by factor, so they add up to the score exactly. A factor without evidence adds nothing
/// and is named; the rest is not scaled up.
public struct RiskScorer: Sendable {
  /// The model.
  public let model: RiskModelDefinition
  private let factors: [any RiskFactor]

  /// Makes a scorer of the seven factors.
  public init(model: RiskModelDefinition = .sevenFactor) {
    self.init(model: model, factors: Self.sevenFactors(model.thresholds))
  }

  /// Makes a scorer of one's own factors; those that the model gives no points are left out.
  public init(model: RiskModelDefinition, factors: [any RiskFactor]) {
    self.model = model
    self.factors = model.weights.shares.compactMap { share in factors.first { $0.key == share.factor } }
  }

  /// Scores a change. Costs the number of its files and reviews.
  public func assess(_ evidence: ChangeEvidence) -> RiskAssessment {
    var contributions: [FactorContribution] = []
    var missing: [MissingFactor] = []
    for factor in factors {
      let maximum = model.weights.maximum(of: factor.key) ?? 0
      switch factor.strength(in: evidence) {
      case .missing(let reason): missing.append(MissingFactor(key: factor.key, reason: reason))
      case .strength(let strength, let reason):
        contributions.append(
          FactorContribution(
            key: factor.key, points: Self.points(strength, of: maximum), maximum: maximum, reason: reason))
      }
    }
    let score = contributions.isEmpty ? nil : contributions.reduce(0) { $0 + $1.points }
    return RiskAssessment(
      model: model.name, subject: .change(evidence.change.id), repositoryID: evidence.change.repositoryID, score: score,
      band: score.map(model.bands.band), factors: contributions, missing: missing,
      evidenceShare: Double(contributions.reduce(0) { $0 + $1.maximum }) / 100, asOf: evidence.asOf)
  }

  /// The seven factors with these limits: what ``init(model:)`` scores by, and where a list of one's own begins.
  public static func sevenFactors(_ thresholds: SevenFactorThresholds = SevenFactorThresholds()) -> [any RiskFactor] {
    [
      ChangeSizeFactor(halfStrengthLines: thresholds.halfStrengthLines),
      FileSpreadFactor(
        halfStrengthEntropyBits: thresholds.halfStrengthEntropyBits,
        halfStrengthFurtherFiles: thresholds.halfStrengthFurtherFiles),
      FileChurnFactor(halfStrengthRecentCommits: thresholds.halfStrengthRecentCommits),
      AreaFailuresFactor(halfStrengthFailureRate: thresholds.halfStrengthFailureRate),
      ReviewComplianceFactor(
        staleApprovalStrength: thresholds.staleApprovalStrength, missingOwnerFloor: thresholds.missingOwnerFloor),
      AuthorFamiliarityFactor(halfStrengthAuthorCommits: thresholds.halfStrengthAuthorCommits),
      CoverageFactor(floorPercent: thresholds.coverageFloorPercent),
    ]
  }

  // A strength that is not a number is a broken factor; it must not trap or claim points.
  private static func points(_ strength: Double, of maximum: Int) -> Int {
    guard strength > 0 else { return 0 }
    return Int((min(1, strength) * Double(maximum)).rounded())
  }
}
