public import KoalrDomain

/// How good the ownership of a repository is, 0 to 100, and why.
///
/// Four parts answer three questions: is there an owner (``Weights/completeness`` by files, ``Weights/gaps`` by the work that is
/// done), is it the right one (``Weights/drift``), and do owners review (``Weights/reviews``). Each part gives whole points. A part
/// that could not be computed is named with its reason, and the score is what the others reach of their own maximum: missing
/// evidence neither punishes nor rewards, and ``evidenceShare`` says how much there was.
public struct OwnershipHealth: Hashable, Sendable {
  /// The score; `nil` when no part could be computed.
  public let score: Int?
  /// The parts that were computed, in the order of the weights.
  public let parts: [FactorContribution]
  /// The parts that were not, and why.
  public let missing: [MissingFactor]
  /// The part of all points whose evidence was there, 0 to 1.
  public let evidenceShare: Double

  /// Computes the health of a repository.
  ///
  /// - Parameters:
  ///   - gaps: Which files have owners; `nil` when the files are not known.
  ///   - drift: Which rules drifted; `nil` when the repository has no CODEOWNERS file, or no commits were read.
  ///   - reviews: How merged changes were approved; `nil` when reviews are not known.
  ///   - weights: How many points each part has.
  public init(gaps: OwnershipGaps?, drift: OwnershipDrift?, reviews: OwnerReviews?, weights: Weights = Weights()) {
    self.init([
      .completeness(gaps, weights.completeness), .drift(drift, weights.drift), .reviews(reviews, weights.reviews),
      .gaps(gaps, weights.gaps),
    ])
  }

  init(_ answers: [HealthPart]) {
    parts = answers.compactMap(\.contribution)
    missing = answers.compactMap(\.absence)
    let reached = parts.reduce(0) { $0 + $1.points }
    let maximum = parts.reduce(0) { $0 + $1.maximum }
    let all = answers.reduce(0) { $0 + $1.maximum }
    score = maximum > 0 ? Int((100 * Double(reached) / Double(maximum)).rounded()) : nil
    evidenceShare = all > 0 ? Double(maximum) / Double(all) : 0
  }

  /// The letter of the score; `nil` without one.
  public var letter: Letter? { score.map(Letter.init(score:)) }

  /// The most points of each part. The numbers are ours; decision 0027 has the reasons.
  public struct Weights: Hashable, Sendable, Codable {
    /// For files with owners.
    public var completeness: Int
    /// For rules whose owners do the work.
    public var drift: Int
    /// For changes that owners approved.
    public var reviews: Int
    /// For work on files with owners.
    public var gaps: Int

    /// Makes weights. None may be negative.
    public init(completeness: Int = 25, drift: Int = 30, reviews: Int = 30, gaps: Int = 15) {
      precondition([completeness, drift, reviews, gaps].allSatisfy { $0 >= 0 }, "A part of a score cannot have negative points.")
      self.completeness = completeness
      self.drift = drift
      self.reviews = reviews
      self.gaps = gaps
    }
  }

  /// A score in one letter, as schools give them.
  public enum Letter: String, Hashable, Sendable, Codable, CaseIterable {
    /// From 90.
    case a = "A"
    /// From 80.
    case b = "B"
    /// From 70.
    case c = "C"
    /// From 60.
    case d = "D"
    /// Below 60.
    case f = "F"

    /// Makes the letter of a score.
    public init(score: Int) {
      self =
        switch score {
        case 90...: .a
        case 80...: .b
        case 70...: .c
        case 60...: .d
        default: .f
        }
    }
  }
}
