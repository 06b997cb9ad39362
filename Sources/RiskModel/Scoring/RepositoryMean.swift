import KoalrDomain

/// The weighted mean of assessments, factor by factor, in whole points that add up to the mean score.
struct RepositoryMean {
  private let changes: [WeighedScore]
  private let model: RiskModelDefinition
  private let weight: Double

  init(_ changes: [WeighedScore], model: RiskModelDefinition) {
    // Sums of doubles depend on their order; a fixed one makes the mean the same however the changes arrive.
    self.changes = changes.sorted {
      ($0.weight, $0.score, $0.assessment.subject.name) < ($1.weight, $1.score, $1.assessment.subject.name)
    }
    self.model = model
    weight = self.changes.reduce(0) { $0 + $1.weight }
  }

  var score: Int? {
    guard !changes.isEmpty else { return nil }
    return Int(mean { Double($0.score) }.rounded())
  }

  var evidenceShare: Double { changes.isEmpty ? 0 : mean(\.assessment.evidenceShare) }

  /// Each factor's mean points, rounded so that the sum is the score: largest remainders first.
  var factors: [FactorContribution] {
    guard let score else { return [] }
    let present = model.weights.shares.compactMap(part)
    var points = present.map { Int($0.mean) }
    let byRemainder = present.indices.sorted {
      (present[$1].mean - Double(points[$1]), $0) < (present[$0].mean - Double(points[$0]), $1)
    }
    for index in byRemainder.prefix(max(0, score - points.reduce(0, +))) { points[index] += 1 }
    return zip(present, points).map { part, points in
      FactorContribution(key: part.key, points: points, maximum: part.maximum, reason: part.reason)
    }
  }

  /// The factors that no change has, with the first change's reason.
  func missing(of assessments: [RiskAssessment]) -> [MissingFactor] {
    model.weights.shares.compactMap { share in
      guard !changes.contains(where: { $0.has(share.factor) }) else { return nil }
      guard !assessments.isEmpty else {
        return MissingFactor(key: share.factor, reason: "the repository has no change in the window")
      }
      let reasons = assessments.compactMap { $0.missing.first { $0.key == share.factor }?.reason }.sorted()
      guard let reason = reasons.first else { return nil }
      return MissingFactor(
        key: share.factor, reason: "missing for all \(Wording.count(assessments.count, "change")), for example: \(reason)")
    }
  }

  private struct Part {
    var key: String
    var maximum: Int
    var mean: Double
    var reason: String
  }

  private func part(_ share: RiskWeights.Share) -> Part? {
    let having = changes.count { $0.has(share.factor) }
    guard having > 0 else { return nil }
    let points = mean { Double($0.points(of: share.factor)) }
    return Part(
      key: share.factor, maximum: share.maximum, mean: points,
      reason:
        "\(Wording.decimal(points)) points on average over \(Wording.count(changes.count, "change")), recent ones weighing more;"
        + " known for \(having) of them")
  }

  private func mean(_ value: (WeighedScore) -> Double) -> Double {
    changes.reduce(0) { $0 + $1.weight * value($1) } / weight
  }
}

extension WeighedScore {
  fileprivate func has(_ factor: String) -> Bool { assessment.factors.contains { $0.key == factor } }

  fileprivate func points(of factor: String) -> Int { assessment.factors.first { $0.key == factor }?.points ?? 0 }
}

extension RiskAssessment.Subject {
  fileprivate var name: String {
    switch self {
    case .change(let id): id.rawValue
    case .repository(let id): id.rawValue
    }
  }
}
