import KoalrDomain

/// A change spread evenly over many files is harder to hold in one head than one in a single place.
///
/// Half of it is the entropy of the changed lines over the files (Hassan 2009), half their number. Where lines are not known
/// only the number counts.
public struct FileSpreadFactor: RiskFactor {
  /// The bits of entropy at which its first half has half its strength.
  public var halfStrengthEntropyBits: Double
  /// The files beyond the first at which its second half has half its strength.
  public var halfStrengthFurtherFiles: Double

  /// Makes the factor.
  public init(halfStrengthEntropyBits: Double, halfStrengthFurtherFiles: Double) {
    self.halfStrengthEntropyBits = halfStrengthEntropyBits
    self.halfStrengthFurtherFiles = halfStrengthFurtherFiles
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension FileSpreadFactor {
  public var key: String { "file-spread" }

  public func strength(in evidence: ChangeEvidence) -> FactorVerdict {
    guard let files = evidence.files.value else {
      return .missing(reason: evidence.files.absence ?? "the changed files are not known")
    }
    let number = saturating(Double(files.count) - 1, half: halfStrengthFurtherFiles) / 2
    let lines = files.compactMap(\.changedLines)
    guard lines.count == files.count else {
      return .strength(
        number, reason: Wording.count(files.count, "file") + "; how evenly the lines are spread is not known and adds nothing")
    }
    let bits = entropy(of: lines)
    return .strength(
      number + saturating(bits, half: halfStrengthEntropyBits) / 2,
      reason:
        "\(Wording.count(files.count, "file")), the lines spread with \(Wording.decimal(bits)) bits of entropy; half strength"
        + " is at \(Wording.decimal(1 + halfStrengthFurtherFiles)) files and \(Wording.decimal(halfStrengthEntropyBits)) bits")
  }
}
