public import KoalrDomain

/// A repository's score: the mean of the scores of its changes, weighted by recency.
///
/// A change weighs half after each half-life since it was decided; open ones weigh as if decided now. There is no score when
/// nothing changed. While a sync still loads changes the score is that of those loaded, and `scoredChanges`
/// beside `knownChanges` says how far it has come.
public struct RepositoryRisk: Sendable {
  /// The model that scored the changes; gives the name and the bands.
  public let model: RiskModelDefinition
  /// The days after which a change weighs half.
  public let halfLifeDays: Double

  /// The half-life unless a host chooses another.
  public static let standardHalfLifeDays: Double = 14

  /// A change's assessment with the moment the change was decided.
  public struct Scored: Hashable, Sendable {
    /// The assessment.
    public var assessment: RiskAssessment
    /// When the change was merged or closed; `nil` while it is open.
    public var decidedAt: Date?

    /// Makes a scored change.
    public init(assessment: RiskAssessment, decidedAt: Date?) {
      self.assessment = assessment
      self.decidedAt = decidedAt
    }
  }

  /// Makes the calculation.
  public init(model: RiskModelDefinition = .sevenFactor, halfLifeDays: Double = RepositoryRisk.standardHalfLifeDays) {
    self.model = model
    self.halfLifeDays = halfLifeDays
  }

  /// Scores a repository by the changes of its window. Costs their number times the factors; the order of the changes does not
  /// matter.
  ///
  /// - Parameters:
  ///   - repository: The repository.
  ///   - changes: The changes of the window that were scored.
  ///   - known: How many changes the window has at the source; `nil` when the source did not say.
  ///   - now: The end of the window.
  public func assess(repository: RepositoryID, changes: [Scored], known: Int?, now: Date) -> RiskAssessment {
    let weighed = changes.compactMap { change in
      change.assessment.score.map {
        WeighedScore(score: $0, weight: weight(change.decidedAt, now), assessment: change.assessment)
      }
    }
    let mean = RepositoryMean(weighed, model: model)
    return RiskAssessment(
      model: model.name, subject: .repository(repository), repositoryID: repository, score: mean.score,
      band: mean.score.map(model.bands.band), factors: mean.factors, missing: mean.missing(of: changes.map(\.assessment)),
      evidenceShare: mean.evidenceShare, asOf: now, scoredChanges: weighed.count, knownChanges: known)
  }

  private func weight(_ decidedAt: Date?, _ now: Date) -> Double {
    guard let decidedAt, halfLifeDays > 0 else { return 1 }
    // Never quite zero, so that a window of nothing but old changes still has a mean.
    return max(1e-12, halved(max(0, now.timeIntervalSince(decidedAt)) / (86_400 * halfLifeDays)))
  }
}

/// A change's score with its weight in the mean.
struct WeighedScore {
  var score: Int
  var weight: Double
  var assessment: RiskAssessment
}
