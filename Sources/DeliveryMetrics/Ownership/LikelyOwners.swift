public import KoalrCodeOwnersParser

/// Owners that would be true: people who do the work, or a team of theirs.
public struct LikelyOwners: Hashable, Sendable {
  /// The owners, those with the largest part first.
  public var owners: [Owner]
  /// The part of the work that is theirs, weighted by age, 0 to 1.
  public var share: Double

  /// Makes them.
  public init(owners: [Owner], share: Double) {
    self.owners = owners
    self.share = share
  }
}

extension DriftEvent {
  /// What would mend it, for a repair of the file: the likely owners in front, and behind them the declared ones, those left out
  /// who are known to have done nothing. `nil` when nobody is likely.
  public var suggestion: OwnerSuggestion? {
    guard let likely else { return nil }
    let active = declared.filter { $0.share != 0 }.map(\.owner).filter { !likely.owners.contains($0) }
    return OwnerSuggestion(.rule(line: rule.line), owners: likely.owners + active)
  }
}

extension OwnershipGap {
  /// What would close it, for a repair of the file; `nil` when nobody is likely, or nobody is meant to own it.
  public var suggestion: OwnerSuggestion? {
    guard !isOnPurpose, let likely else { return nil }
    return OwnerSuggestion(.paths(files), owners: likely.owners)
  }
}
