/// How many points each factor is worth at full strength, in the order assessments list them.
public struct RiskWeights: Hashable, Sendable, Codable {
  /// A factor's key with its points.
  public struct Share: Hashable, Sendable, Codable {
    /// The factor's key.
    public var factor: String
    /// The most points it can add.
    public var maximum: Int

    /// Makes a share.
    public init(factor: String, maximum: Int) {
      self.factor = factor
      self.maximum = maximum
    }
  }

  /// The shares; a factor without one adds nothing and is not listed.
  public var shares: [Share]

  /// Makes weights.
  public init(_ shares: [Share]) { self.shares = shares }

  /// Returns the most points a factor can add, or `nil` when the model does not use it.
  public func maximum(of factor: String) -> Int? { shares.first { $0.factor == factor }?.maximum }

  /// The weights of the seven-factor model; the model card says why.
  public static let sevenFactor = Self([
    Share(factor: "change-size", maximum: 32),
    Share(factor: "file-spread", maximum: 15),
    Share(factor: "area-failures", maximum: 14),
    Share(factor: "file-churn", maximum: 12),
    Share(factor: "review-compliance", maximum: 8),
    Share(factor: "author-familiarity", maximum: 4),
    Share(factor: "coverage", maximum: 15),
  ])

  var fault: String? {
    if Set(shares.map(\.factor)).count != shares.count { return "a factor is named twice" }
    if shares.contains(where: { !(0...100).contains($0.maximum) }) { return "a factor's points are not between 0 and 100" }
    let total = shares.reduce(0) { min(101, $0 + $1.maximum) }
    return total > 100 ? "its points exceed 100 together" : nil
  }
}
