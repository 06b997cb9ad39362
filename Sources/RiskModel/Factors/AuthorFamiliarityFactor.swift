import KoalrDomain

/// An author who never worked on a file knows less of what it holds together. A weak predictor in public data.
///
/// The mean over the files that have a history: full strength where the author never touched the file, less with each earlier
/// commit.
public struct AuthorFamiliarityFactor: RiskFactor {
  /// The author's earlier commits on a file at which unfamiliarity is down to half.
  public var halfStrengthAuthorCommits: Double

  /// Makes the factor.
  public init(halfStrengthAuthorCommits: Double) { self.halfStrengthAuthorCommits = halfStrengthAuthorCommits }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AuthorFamiliarityFactor {
  public var key: String { "author-familiarity" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    if case .missing(let reason)? = evidence.history.value?.authorCommits { return .missing(reason: reason) }
    switch evidence.filesInHistory {
    case .missing(let reason): return .missing(reason: reason)
    case .known(let files):
      let counts = files.compactMap(\.authorCommits)
      guard !counts.isEmpty else { return .missing(reason: "the author of the change is not known") }
      let unfamiliar = counts.reduce(0) { $0 + 1 - saturating(Double($1), half: halfStrengthAuthorCommits) }
      return .strength(unfamiliar / Double(counts.count), reason: reason(counts, evidence))
    }
  }

  private func reason(_ counts: [Int], _ evidence: ChangeEvidence) -> String {
    let touched = counts.count { $0 > 0 }
    let total = counts.reduce(0, +)
    return "the author has \(Wording.count(total, "earlier commit")) on \(touched) of \(Wording.count(counts.count, "file"))"
      + " with a history; half strength is at \(Wording.decimal(halfStrengthAuthorCommits)) on each"
  }
}
