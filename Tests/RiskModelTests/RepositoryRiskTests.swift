import KoalrDomain
import KoalrRiskModel
import KoalrTesting
import Testing

struct RepositoryRiskTests {
  private func scored(_ id: String, _ lines: Int, decided day: Double?) -> RepositoryRisk.Scored {
    let change = Sample.change(id, files: [Sample.file("a", lines: lines)], reviews: [])
    return RepositoryRisk.Scored(assessment: RiskScorer().assess(Sample.evidence(change)), decidedAt: day.map(Sample.day))
  }

  private func assess(_ changes: [RepositoryRisk.Scored], known: Int? = nil) -> RiskAssessment {
    RepositoryRisk(model: .sevenFactor).assess(repository: Sample.repository, changes: changes, known: known, now: Sample.now)
  }

  @Test func `nothing changed is no score`() {
    let assessment = assess([], known: 0)
    #expect(assessment.score == nil && assessment.band == nil && assessment.factors.isEmpty)
    #expect(assessment.scoredChanges == 0 && assessment.knownChanges == 0)
    #expect(assessment.missing.count == 7)
    #expect(assessment.subject == .repository(Sample.repository))
  }

  @Test func `changes that could not be scored make no score`() {
    let blind = RiskScorer().assess(Sample.evidence(Sample.change(files: nil)))
    let assessment = assess([RepositoryRisk.Scored(assessment: blind, decidedAt: nil)], known: 1)
    #expect(assessment.score == nil && assessment.scoredChanges == 0)
    #expect(assessment.missing.first?.reason.hasPrefix("missing for all 1 change, for example: ") == true)
  }

  @Test func `a change weighs half after fourteen days and an open one as now`() throws {
    let (small, large) = (scored("s", 0, decided: -14), scored("l", 5_000, decided: nil))
    let (low, high) = try (#require(small.assessment.score), #require(large.assessment.score))
    #expect(assess([small, large]).score == Int((Double(low + 2 * high) / 3).rounded()))
    let now = scored("n", 0, decided: 0)
    #expect(assess([now, large]).score == Int((Double(low + high) / 2).rounded()))
  }

  @Test func `only very old changes still have a mean`() {
    let old = scored("o", 5_000, decided: -100_000)
    #expect(assess([old]).score == old.assessment.score)
  }

  @Test func `it converges while changes load, newest first`() {
    var random = SeededGenerator(seed: 9)
    let all = (0..<200).map { scored("c\($0)", Int.random(in: 0..<900, using: &random), decided: -Double($0) / 2) }
    let final = assess(all, known: 200).score ?? -100
    for loaded in stride(from: 60, through: 200, by: 20) {
      let partial = assess(Array(all.prefix(loaded)), known: 200)
      #expect(partial.scoredChanges == loaded && partial.knownChanges == 200)
      #expect(abs((partial.score ?? -1) - final) <= 5)
    }
  }

  @Test(arguments: 0..<60) func `points add up and the order of changes does not matter`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let changes = (0..<Int.random(in: 1...20, using: &random)).map { number in
      var evidence = RandomEvidence.make(&random)
      evidence.change.id = ChangeID(unchecked: "c\(number)")
      return RepositoryRisk.Scored(
        assessment: RiskScorer().assess(evidence),
        decidedAt: Bool.random(using: &random) ? nil : Sample.day(-Double.random(in: 0...90, using: &random)))
    }
    let assessment = assess(changes)
    #expect(assessment.factors.reduce(0) { $0 + $1.points } == assessment.score ?? 0)
    #expect(assessment.factors.allSatisfy { (0...$0.maximum).contains($0.points) })
    #expect((0...1).contains(assessment.evidenceShare))
    #expect(assess(changes.shuffled(using: &random)) == assessment)
  }
}
