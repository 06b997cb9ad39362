/// Where the seven factors have half their strength, and the limits they use. Every default is explained in the model card.
public struct SevenFactorThresholds: Hashable, Sendable, Codable {
  /// Changed lines at which size has half its strength.
  public var halfStrengthLines: Double
  /// Bits of entropy at which the evenness half of spread has half its strength.
  public var halfStrengthEntropyBits: Double
  /// Files beyond the first at which the number half of spread has half its strength.
  public var halfStrengthFurtherFiles: Double
  /// An author's earlier commits on a file at which unfamiliarity is down to half.
  public var halfStrengthAuthorCommits: Double
  /// Recent commits on the files, summed, at which churn has half its strength.
  public var halfStrengthRecentCommits: Double
  /// The share of commits followed by a failure, 0 to 1, at which an area has half its strength.
  public var halfStrengthFailureRate: Double
  /// The strength of an approval that came before the newest commit, 0 to 1.
  public var staleApprovalStrength: Double
  /// The strength when some, but hardly any, of the owned files lack their owner's approval, 0 to 1.
  public var missingOwnerFloor: Double
  /// The coverage of the changed files, in percent, below which coverage applies in full.
  public var coverageFloorPercent: Double

  /// Makes thresholds; the defaults are those of the model card.
  public init(
    halfStrengthLines: Double = 120, halfStrengthEntropyBits: Double = 1.5, halfStrengthFurtherFiles: Double = 4,
    halfStrengthAuthorCommits: Double = 2, halfStrengthRecentCommits: Double = 12, halfStrengthFailureRate: Double = 0.1,
    staleApprovalStrength: Double = 0.5, missingOwnerFloor: Double = 0.3, coverageFloorPercent: Double = 40
  ) {
    self.halfStrengthLines = halfStrengthLines
    self.halfStrengthEntropyBits = halfStrengthEntropyBits
    self.halfStrengthFurtherFiles = halfStrengthFurtherFiles
    self.halfStrengthAuthorCommits = halfStrengthAuthorCommits
    self.halfStrengthRecentCommits = halfStrengthRecentCommits
    self.halfStrengthFailureRate = halfStrengthFailureRate
    self.staleApprovalStrength = staleApprovalStrength
    self.missingOwnerFloor = missingOwnerFloor
    self.coverageFloorPercent = coverageFloorPercent
  }

  var fault: String? {
    let halves = [
      halfStrengthLines, halfStrengthEntropyBits, halfStrengthFurtherFiles, halfStrengthAuthorCommits,
      halfStrengthRecentCommits, halfStrengthFailureRate,
    ]
    if !halves.allSatisfy({ $0 > 0 && $0.isFinite }) { return "a half strength is not a positive number" }
    let shares = [staleApprovalStrength, missingOwnerFloor, coverageFloorPercent / 100]
    return shares.allSatisfy { (0...1).contains($0) } ? nil : "a share is not between 0 and 1, or a percentage above 100"
  }
}
