public import KoalrCodeOwnersParser

/// How many changes had the approvals that the owners of their files owed.
public struct OwnerReviews: Hashable, Sendable {
  /// Changes whose owned files all have them.
  public private(set) var approved = 0
  /// Changes with a file that lacks one.
  public private(set) var lacking = 0
  /// Changes of which it cannot be told.
  public private(set) var undecided = 0

  /// Makes a count of nothing.
  public init() {}

  /// Counts merged changes.
  public init(_ changes: some Sequence<ReviewCompliance>) {
    for change in changes { add(change) }
  }

  /// Counts a merged change; one without files that somebody has to approve is passed over.
  public mutating func add(_ change: ReviewCompliance) {
    if !change.lacking.isEmpty {
      lacking += 1
    } else if !change.undecided.isEmpty {
      undecided += 1
    } else if !change.approved.isEmpty {
      approved += 1
    }
  }

  /// The part of the decided changes that had them, 0 to 1; `nil` when none is decided.
  public var rate: Double? { approved + lacking > 0 ? Double(approved) / Double(approved + lacking) : nil }
}
