import KoalrDomain

/// Large changes break more: the strongest single predictor in every public data set.
public struct ChangeSizeFactor: RiskFactor {
  /// The changed lines at which it has half its strength.
  public var halfStrengthLines: Double

  /// Makes the factor.
  public init(halfStrengthLines: Double) { self.halfStrengthLines = halfStrengthLines }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ChangeSizeFactor {
  public var key: String { "change-size" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    guard let lines = changedLines(evidence) else { return .missing(reason: absence(evidence)) }
    let inFiles = evidence.files.value.map { " in " + Wording.count($0.count, "file") } ?? ""
    return .strength(
      saturating(lines, half: halfStrengthLines),
      reason: Wording.decimal(lines) + (lines == 1 ? " line" : " lines") + inFiles
        + "; half strength is at \(Wording.decimal(halfStrengthLines)) lines")
  }

  private func changedLines(_ evidence: ChangeEvidence) -> Double? {
    if let added = evidence.change.additions, let deleted = evidence.change.deletions {
      return max(0, Double(added)) + max(0, Double(deleted))
    }
    guard let files = evidence.files.value else { return nil }
    let counts = files.compactMap(\.changedLines)
    return counts.count == files.count ? counts.reduce(0, +) : nil
  }

  private func absence(_ evidence: ChangeEvidence) -> String {
    guard let files = evidence.files.value else {
      return "the number of changed lines is not known, and \(evidence.files.absence ?? "the files are not known")"
    }
    let unknown = files.count { $0.changedLines == nil }
    return "the number of changed lines is not known for \(unknown) of \(Wording.count(files.count, "file"))"
  }
}

extension ChangedFile {
  /// Added and deleted lines, or `nil` when either is not known. A `Double`, because outside counts may exceed any `Int` sum.
  var changedLines: Double? {
    guard let additions, let deletions else { return nil }
    return max(0, Double(additions)) + max(0, Double(deletions))
  }
}
