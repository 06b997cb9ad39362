import KoalrDomain

/// When a rule has drifted, and how bad that is. The defaults have their reasons in decision 0027.
public struct DriftOptions: Hashable, Sendable, Codable {
  /// The share of the work, weighted by age, below which the declared owners are not those who do it.
  public var threshold: Double
  /// How many commits by people a rule needs, before anything is said about it.
  public var minimumCommits: Int
  /// The share below which drift is of medium severity; it is low from there to the threshold.
  public var mediumBelow: Double
  /// The share below which drift is of high severity, given ``commitsForHigh``.
  public var highBelow: Double
  /// How many commits a rule needs for high severity.
  public var commitsForHigh: Int
  /// How many contributors an event names.
  public var contributors: Int

  /// Makes options.
  public init(
    threshold: Double = 0.2, minimumCommits: Int = 5, mediumBelow: Double = 0.1, highBelow: Double = 0.05,
    commitsForHigh: Int = 20, contributors: Int = 5
  ) {
    self.threshold = threshold
    self.minimumCommits = minimumCommits
    self.mediumBelow = mediumBelow
    self.highBelow = highBelow
    self.commitsForHigh = commitsForHigh
    self.contributors = contributors
  }

  func isDrift(share: Double) -> Bool { Self.isBelow(threshold, share) }

  func severity(share: Double, commits: Int) -> Severity {
    if commits >= commitsForHigh && Self.isBelow(highBelow, share) { return .high }
    return Self.isBelow(mediumBelow, share) ? .medium : .low
  }

  // One commit of five is 20 % exactly, and no rounding of sums may make it less.
  private static func isBelow(_ limit: Double, _ share: Double) -> Bool { share < limit - 1e-9 }
}
