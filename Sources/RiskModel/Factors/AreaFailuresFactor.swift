import KoalrDomain

/// Where work was followed by failures before, it is likelier to be again.
public struct AreaFailuresFactor: RiskFactor {
  /// The share of commits followed by a failure, 0 to 1, at which it has half its strength.
  public var halfStrengthFailureRate: Double

  /// Makes the factor.
  public init(halfStrengthFailureRate: Double) { self.halfStrengthFailureRate = halfStrengthFailureRate }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AreaFailuresFactor {
  public var key: String { "area-failures" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    guard evidence.files.value != nil else {
      return .missing(reason: evidence.files.absence ?? "the changed files are not known")
    }
    guard let history = evidence.history.value else {
      return .missing(reason: evidence.history.absence ?? "the history is not known")
    }
    guard let area = history.failures.value else {
      return .missing(reason: history.failures.absence ?? "no failures are known")
    }
    guard area.repositoryFailures > 0 else {
      return .strength(
        0, reason: "no failure is on record among \(Wording.count(area.repositoryCommits, "commit")) of the repository")
    }
    return .strength(saturating(area.rate, half: halfStrengthFailureRate), reason: reason(area))
  }

  private func reason(_ area: AreaFailures) -> String {
    let place = area.place.isEmpty ? "the repository" : area.place
    return
      "\(Wording.count(area.failures, "failure")) after \(Wording.count(area.commits, "commit")) in \(place), a rate estimated"
      + " at \(Wording.percent(area.rate)); half strength is at \(Wording.percent(halfStrengthFailureRate))"
  }
}
