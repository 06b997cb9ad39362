/// How fast what happened long ago stops to count.
public struct HistoryDecay: Hashable, Sendable, Codable {
  /// The days after which a commit counts half towards churn.
  public var churnHalfLifeDays: Double
  /// The days after which a failure, and the work it is compared with, count half.
  public var failureHalfLifeDays: Double
  /// How many commits the rate of the folder above weighs, when a place's own rate is estimated.
  public var priorCommits: Double
  /// The rate expected of a repository before anything is known about it, 0 to 1.
  public var priorFailureRate: Double

  /// Makes the constants; the defaults are those of the model card.
  public init(
    churnHalfLifeDays: Double = 90, failureHalfLifeDays: Double = 180, priorCommits: Double = 20,
    priorFailureRate: Double = 0.05
  ) {
    self.churnHalfLifeDays = churnHalfLifeDays
    self.failureHalfLifeDays = failureHalfLifeDays
    self.priorCommits = priorCommits
    self.priorFailureRate = priorFailureRate
  }

  var fault: String? {
    guard churnHalfLifeDays > 0, failureHalfLifeDays > 0, priorCommits > 0 else { return "a half-life or prior is not positive" }
    return (0...1).contains(priorFailureRate) ? nil : "the prior failure rate is not between 0 and 1"
  }
}
