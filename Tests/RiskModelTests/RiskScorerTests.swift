import Foundation
import KoalrCodeOwnersParser
import KoalrDomain
import KoalrRiskModel
import KoalrTesting
import Testing

struct RiskScorerTests {
  @Test(arguments: [
    (0, RiskBand.low), (39, .low), (40, .medium), (69, .medium), (70, .high), (89, .high), (90, .critical), (100, .critical),
  ])
  func `bands begin where the model says`(score: Int, band: RiskBand) {
    #expect(RiskModelDefinition.sevenFactor.bands.band(of: score) == band)
  }

  @Test func `six factors share 85 points and coverage has 15`() {
    let shares = RiskModelDefinition.sevenFactor.weights.shares
    #expect(shares.count == 7)
    #expect(shares.reduce(0) { $0 + $1.maximum } == 100)
    #expect(RiskModelDefinition.sevenFactor.weights.maximum(of: "coverage") == 15)
    #expect(RiskModelDefinition.sevenFactor.name == "seven-factor-v1")
  }

  @Test func `nothing known is no score`() {
    let change = Sample.change(author: nil, files: nil)
    let assessment = RiskScorer().assess(Sample.evidence(change))
    #expect(assessment.score == nil && assessment.band == nil && assessment.factors.isEmpty)
    #expect(assessment.missing.map(\.key).count == 7)
    #expect(assessment.evidenceShare == 0)
    #expect(assessment.missing.first { $0.key == "coverage" }?.reason == "no coverage service is connected")
    #expect(assessment.missing.first { $0.key == "file-churn" }?.reason == "the changed files have not been read")
  }

  @Test func `low coverage adds exactly fifteen points`() {
    let change = Sample.change(files: [Sample.file("a", lines: 60)], reviews: [])
    let scorer = RiskScorer(model: .sevenFactor)
    let without = scorer.assess(Sample.evidence(change))
    let good = scorer.assess(Sample.evidence(change, coverage: Sample.coverage([FileCoverage(path: "a", hits: 4, lines: 10)])))
    let bad = scorer.assess(Sample.evidence(change, coverage: Sample.coverage([FileCoverage(path: "a", hits: 3, lines: 10)])))
    #expect(without.score == good.score)
    #expect(bad.score == good.score.map { $0 + 15 })
    #expect(abs(good.evidenceShare - without.evidenceShare - 0.15) < 1e-12)
  }

  @Test func `a change where everything is bad is critical`() {
    var index = HistoryIndex()
    let files = (0..<60).map { Sample.file("core/f\($0)", lines: 80) }
    for number in 0..<30 {
      index.add(Sample.commit(number, by: Sample.ben, email: "b@example.org", files))
      index.addFailure(files: files.map(\.path), at: Sample.now)
    }
    let change = Sample.change(files: files, reviews: [])
    let assessment = RiskScorer().assess(
      Sample.evidence(
        change, history: .known(index.evidence(for: change, at: Sample.now)), ownership: .known(.noFile),
        coverage: Sample.coverage([FileCoverage(path: "core/f0", hits: 0, lines: 10)])))
    #expect(assessment.score ?? 0 >= 98)
    #expect(assessment.band == .critical)
    #expect(assessment.evidenceShare == 1)
  }

  @Test(arguments: 0..<300) func `points add up to the score and missing evidence never adds any`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let evidence = RandomEvidence.make(&random)
    let scorer = RiskScorer()
    let assessment = scorer.assess(evidence)
    let points = Dictionary(uniqueKeysWithValues: assessment.factors.map { ($0.key, $0.points) })
    #expect(assessment.factors.reduce(0) { $0 + $1.points } == assessment.score ?? 0)
    #expect(assessment.factors.allSatisfy { (0...$0.maximum).contains($0.points) && !$0.reason.isEmpty })
    #expect(Set(points.keys).union(assessment.missing.map(\.key)).count == 7)
    #expect((0...100).contains(assessment.score ?? 0))
    for poorer in RandomEvidence.poorer(evidence) {
      let less = scorer.assess(poorer)
      #expect(less.score ?? 0 <= assessment.score ?? 0)
      #expect(less.evidenceShare <= assessment.evidenceShare)
      for factor in less.factors { #expect(factor.points <= points[factor.key] ?? 0, "\(factor)") }
    }
  }

  @Test func `a broken factor claims no points`() {
    struct Broken: RiskFactor {
      var key: String
      var value: Double
      func strength(in evidence: ChangeEvidence) -> FactorVerdict { .strength(value, reason: "broken") }
    }
    let factors: [any RiskFactor] = [
      Broken(key: "change-size", value: .nan), Broken(key: "file-spread", value: -3), Broken(key: "coverage", value: .infinity),
      Broken(key: "unknown", value: 1),
    ]
    let assessment = RiskScorer(model: .sevenFactor, factors: factors).assess(Sample.evidence(Sample.change()))
    #expect(assessment.factors.map(\.points) == [0, 0, 15])
  }

  @Test func `a model is data that is checked`() throws {
    let encoded = try JSONEncoder().encode(RiskModelDefinition.sevenFactor)
    #expect(try JSONDecoder().decode(RiskModelDefinition.self, from: encoded) == .sevenFactor)
    let heavier = String(decoding: encoded, as: UTF8.self).replacingOccurrences(of: "\"maximum\":15", with: "\"maximum\":16")
    #expect(throws: InvalidRiskModel(name: "seven-factor-v1", reason: "its points exceed 100 together")) {
      try JSONDecoder().decode(RiskModelDefinition.self, from: Data(heavier.utf8))
    }
    #expect(throws: InvalidRiskModel.self) {
      try RiskModelDefinition(
        name: "x", weights: .sevenFactor, thresholds: SevenFactorThresholds(),
        bands: RiskBands(medium: 40, high: 40, critical: 90))
    }
    #expect(throws: InvalidRiskModel.self) {
      try RiskModelDefinition(
        name: "x", weights: .sevenFactor, thresholds: SevenFactorThresholds(halfStrengthLines: .nan),
        bands: RiskBands(medium: 40, high: 70, critical: 90))
    }
  }
}
