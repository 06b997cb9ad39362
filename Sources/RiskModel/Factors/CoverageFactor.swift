import KoalrDomain

/// Changed files that tests hardly run: applies in full below the floor and not at all from there on.
///
/// The changed files count together, hits over coverable lines, so that one small file cannot decide.
public struct CoverageFactor: RiskFactor {
  /// The coverage in percent below which it applies.
  public var floorPercent: Double

  /// Makes the factor.
  public init(floorPercent: Double) { self.floorPercent = floorPercent }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension CoverageFactor {
  public var key: String { "coverage" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    guard let coverage = evidence.coverage.value else {
      return .missing(reason: evidence.coverage.absence ?? "the coverage is not known")
    }
    guard let files = coverage.files else { return .missing(reason: "the head commit of the change has no coverage report") }
    let untracked = coverage.untrackedFiles ?? 0
    let beside = untracked > 0 ? "; \(Wording.count(untracked, "changed file")) not measured" : ""
    let lines = files.reduce(0) { $0 + max(0, Double($1.lines)) }
    let hits = files.reduce(0) { $0 + max(0, Double($1.hits)) }
    guard lines > 0 else { return .missing(reason: "nothing that can be covered is in the changed files" + beside) }
    let isLow = 100 * hits < floorPercent * lines
    return .strength(
      isLow ? 1 : 0,
      reason: "tests run \(Wording.decimal(hits)) of \(Wording.decimal(lines)) coverable lines (\(Wording.percent(hits / lines)))"
        + " of \(Wording.count(files.count, "changed file")), \(isLow ? "below" : "not below") \(Wording.decimal(floorPercent)) %"
        + beside)
  }
}
