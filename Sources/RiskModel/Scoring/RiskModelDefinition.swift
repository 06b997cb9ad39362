public import KoalrDomain

/// A model as data: its name, how many points each factor is worth, where factors have half their strength, and the bands.
///
/// A recalibration is a new value with a new name and not a new release of the code. Decoding checks as the initialiser does.
public struct RiskModelDefinition: Hashable, Sendable {
  /// The name that assessments carry: `seven-factor-v1`.
  public let name: String
  /// The points each factor is worth.
  public let weights: RiskWeights
  /// Where the factors have half their strength, and the other limits they use.
  public let thresholds: SevenFactorThresholds
  /// The scores at which bands begin.
  public let bands: RiskBands
  /// How fast history stops to count; for ``HistoryIndex/init(decay:failuresAbsence:)``.
  public let decay: HistoryDecay

  /// Makes a model.
  ///
  /// - Throws: ``InvalidRiskModel`` when points are negative or exceed 100 together, a factor is named twice, a threshold is
  ///   not positive, or the bands do not rise.
  public init(
    name: String, weights: RiskWeights, thresholds: SevenFactorThresholds, bands: RiskBands, decay: HistoryDecay = HistoryDecay()
  ) throws(InvalidRiskModel) {
    let fault = weights.fault ?? thresholds.fault ?? bands.fault ?? decay.fault
    if let fault { throw InvalidRiskModel(name: name, reason: fault) }
    self.init(checked: name, weights, thresholds, bands, decay)
  }

  private init(
    checked name: String, _ weights: RiskWeights, _ thresholds: SevenFactorThresholds, _ bands: RiskBands, _ decay: HistoryDecay
  ) {
    self.name = name
    self.weights = weights
    self.thresholds = thresholds
    self.bands = bands
    self.decay = decay
  }

  /// The seven-factor model: six factors that share 85 points, and 15 points for coverage below 40 %. See the model card.
  public static let sevenFactor = Self(
    checked: "seven-factor-v1", .sevenFactor, SevenFactorThresholds(), RiskBands(medium: 40, high: 70, critical: 90),
    HistoryDecay())
}

extension RiskModelDefinition: Codable {
  private enum CodingKeys: String, CodingKey { case name, weights, thresholds, bands, decay }

  /// Decodes a model and checks it.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      name: try container.decode(String.self, forKey: .name),
      weights: try container.decode(RiskWeights.self, forKey: .weights),
      thresholds: try container.decode(SevenFactorThresholds.self, forKey: .thresholds),
      bands: try container.decode(RiskBands.self, forKey: .bands),
      decay: try container.decode(HistoryDecay.self, forKey: .decay))
  }
}

/// Why data cannot be a model.
public struct InvalidRiskModel: Error, Hashable, CustomStringConvertible {
  /// The model's name.
  public var name: String
  /// Why, as a sentence without its full stop.
  public var reason: String

  /// Makes the error.
  public init(name: String, reason: String) {
    self.name = name
    self.reason = reason
  }

  /// One sentence for a person.
  public var description: String { "The risk model \"\(name)\" cannot be used: \(reason)." }
}

/// The scores at which bands begin; what is below `medium` is low.
public struct RiskBands: Hashable, Sendable, Codable {
  /// The first score of medium.
  public var medium: Int
  /// The first score of high.
  public var high: Int
  /// The first score of critical.
  public var critical: Int

  /// Makes bands.
  public init(medium: Int, high: Int, critical: Int) {
    self.medium = medium
    self.high = high
    self.critical = critical
  }

  /// Returns the band of a score.
  public func band(of score: Int) -> RiskBand {
    if score >= critical { return .critical }
    if score >= high { return .high }
    return score >= medium ? .medium : .low
  }

  var fault: String? {
    medium < high && high < critical ? nil : "its bands begin at \(medium), \(high) and \(critical), which do not rise"
  }
}
