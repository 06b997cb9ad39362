public import KoalrDomain

/// Everything that a change is scored by, as it was known at one moment.
///
/// What is absent carries its reason, so that the assessment can say in words what it could not look at.
public struct ChangeEvidence: Sendable {
  /// The change.
  public var change: Change
  /// The moment the evidence is taken at: the merge, the closing, or now. Reviews after it are not looked at.
  public var asOf: Date
  /// The files it touches.
  public var files: Evidence<[ChangedFile]>
  /// Its reviews.
  public var reviews: Evidence<[Review]>
  /// What the repository's history says about its files and its author, from before it landed.
  public var history: Evidence<HistoryEvidence>
  /// Who owns the files.
  public var ownership: Evidence<OwnershipEvidence>
  /// The coverage of the files.
  public var coverage: Evidence<ChangeCoverage>
  /// When the newest commit of its branch was made; tells approvals that came before it. `nil` when not known.
  public var headCommittedAt: Date?

  /// Makes the evidence for a change; files and reviews are taken from the change.
  ///
  /// - Parameters:
  ///   - change: The change.
  ///   - asOf: The moment the evidence is taken at.
  ///   - history: What its repository's history says.
  ///   - ownership: Who owns its files.
  ///   - coverage: The coverage of its files.
  ///   - headCommittedAt: When the newest commit of its branch was made; `nil` when not known.
  ///   - filesAbsence: Why the change has no files, should they be `nil`.
  ///   - reviewsAbsence: Why the change has no reviews, should they be `nil`.
  public init(
    change: Change, asOf: Date, history: Evidence<HistoryEvidence>, ownership: Evidence<OwnershipEvidence>,
    coverage: Evidence<ChangeCoverage>, headCommittedAt: Date? = nil,
    filesAbsence: String = "the changed files have not been read", reviewsAbsence: String = "the reviews have not been read"
  ) {
    self.change = change
    self.asOf = asOf
    self.files = Evidence(change.files, else: filesAbsence)
    self.reviews = Evidence(change.reviews, else: reviewsAbsence)
    self.history = history
    self.ownership = ownership
    self.coverage = coverage
    self.headCommittedAt = headCommittedAt
  }
}
