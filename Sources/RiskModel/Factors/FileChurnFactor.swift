import KoalrDomain

/// Files that change all the time break more often than files at rest.
public struct FileChurnFactor: RiskFactor {
  /// The recent commits on the files, summed, at which it has half its strength.
  public var halfStrengthRecentCommits: Double

  /// Makes the factor.
  public init(halfStrengthRecentCommits: Double) { self.halfStrengthRecentCommits = halfStrengthRecentCommits }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension FileChurnFactor {
  public var key: String { "file-churn" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    switch evidence.filesInHistory {
    case .missing(let reason): return .missing(reason: reason)
    case .known(let files):
      let recent = files.reduce(0) { $0 + max(0, $1.recentCommits) }
      let commits = files.reduce(0) { $0 + $1.commits }
      return .strength(
        saturating(recent, half: halfStrengthRecentCommits),
        reason: "\(Wording.count(commits, "earlier commit")) on \(evidence.share(of: files.count)), which weigh"
          + " \(Wording.decimal(recent)) by their age; half strength is at \(Wording.decimal(halfStrengthRecentCommits))")
    }
  }
}
