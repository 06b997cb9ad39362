import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import KoalrTesting
import Testing

struct OwnershipHealthTests {
  /// A repository with so many rules that drifted or not, files with or without owners, and commits to them.
  private struct Repository {
    var drifted = 0
    var steady = 0
    var unownedFiles = 0
    var unownedCommits = 0
    var approved = 0
    var lacking = 0
    var undecided = 0

    func health(weights: OwnershipHealth.Weights = OwnershipHealth.Weights()) -> OwnershipHealth {
      let rules = (0..<drifted + steady).map { "/r\($0) @\($0 < drifted ? "zoe" : "ann")" }
      let files = (0..<drifted + steady).map { "r\($0)" }
      let none = (0..<unownedFiles).map { "n\($0)" }
      let commits =
        (0..<5).map { Sample.commit($0, "ann", files) }
        + (0..<unownedCommits).map { Sample.commit($0 + 5, "ann", Array(none.prefix(1))) }
      let file = Sample.file(rules.joined(separator: "\n"))
      let contributions = Sample.contributions(commits)
      return OwnershipHealth(
        gaps: OwnershipGaps(of: file, paths: files + none, in: contributions),
        drift: OwnershipDrift(of: file, in: contributions, directory: OwnerDirectory()),
        reviews: OwnerReviews(reviews(file)), weights: weights)
    }

    private func reviews(_ file: CodeOwnersFile) -> [ReviewCompliance] {
      let approval = Review(
        id: SourceID(unchecked: "1"), author: Login(unchecked: "ann"), state: .approved, submittedAt: Sample.now)
      func change(_ text: String, _ reviews: [Review]) -> ReviewCompliance {
        ReviewCompliance(
          file: Sample.file(text), paths: ["a"], author: Login(unchecked: "eve"), reviews: reviews, directory: OwnerDirectory())
      }
      return (0..<approved).map { _ in change("* @ann", [approval]) } + (0..<lacking).map { _ in change("* @zoe", [approval]) }
        + (0..<undecided).map { _ in change("* @acme/unknown", [approval]) } + [change("", [approval]), change("* @eve", [])]
    }
  }

  private func points(_ health: OwnershipHealth) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: health.parts.map { ($0.key, $0.points) })
  }

  @Test func `four parts add up to the score, each with its reason`() {
    // 8 of 10 files; 3 of 4 rules; 9 of 10 changes; of 8 · 5 + 10 changed files 10 without an owner.
    let repository = Repository(
      drifted: 2, steady: 6, unownedFiles: 2, unownedCommits: 10, approved: 9, lacking: 1, undecided: 1)
    let health = repository.health()
    #expect(
      points(health) == ["ownership-completeness": 20, "ownership-drift": 23, "owner-reviews": 27, "ownership-gaps": 12])
    #expect(health.score == 82 && health.letter == .b && health.evidenceShare == 1 && health.missing.isEmpty)
    #expect(
      health.parts.map(\.reason) == [
        "8 of 10 files have an owner", "owners of 2 of 8 rules hardly do the work",
        "owners approved 9 of 10 changes; of 1 change it cannot be told", "20 % of the work went to files without an owner",
      ])
    #expect(health.parts.map(\.maximum) == [25, 30, 30, 15])
  }

  @Test func `the best has 100 points and the worst none`() {
    #expect(Repository(steady: 3, approved: 2).health().score == 100)
    #expect(Repository(drifted: 0, unownedFiles: 3, unownedCommits: 9, lacking: 2).health().score == 0)
  }

  @Test func `a part without evidence is named and neither punishes nor rewards`() {
    let health = Repository(steady: 3, unownedFiles: 1).health()
    // 19 of 25, 30 of 30, 15 of 15.
    #expect(health.score == 91 && health.letter == .a && health.evidenceShare == 0.7)
    #expect(health.missing == [MissingFactor(key: "owner-reviews", reason: "no change needed an owner's approval")])

    let nothing = OwnershipHealth(gaps: nil, drift: nil, reviews: nil)
    #expect(nothing.score == nil && nothing.letter == nil && nothing.evidenceShare == 0 && nothing.parts.isEmpty)
    #expect(
      nothing.missing.map(\.reason) == [
        "the files of the repository are not known", "no owners could be compared with contributors",
        "the reviews of changes are not known", "the files of the repository are not known",
      ])
    let empty = Repository().health()
    #expect(
      empty.missing.map(\.reason) == [
        "no file has or lacks an owner", "no rule could be decided", "no change needed an owner's approval",
        "nobody changed a file of the repository",
      ])
  }

  @Test func `a repository without a CODEOWNERS file has no ownership at all`() {
    let contributions = Sample.contributions([Sample.commit(1, "ann", ["a"])])
    let health = OwnershipHealth(gaps: OwnershipGaps(of: nil, paths: ["a"], in: contributions), drift: nil, reviews: nil)
    #expect(health.score == 0 && health.letter == .f && health.evidenceShare == 0.4)
  }

  @Test func `what was left out on purpose and what is undecided is told beside`() {
    let commits = (0..<6).map { Sample.commit($0, "ann", $0 == 0 ? ["a", "b", "c"] : ["a", "c"]) }
    let file = Sample.file("/a @ann\n/b @ann\n/c @acme/unknown\n/d\n/e\n")
    let contributions = Sample.contributions(commits)
    let health = OwnershipHealth(
      gaps: OwnershipGaps(of: file, paths: ["a", "b", "c", "d", "e"], in: contributions),
      drift: OwnershipDrift(of: file, in: contributions, directory: OwnerDirectory()), reviews: nil)
    #expect(
      health.parts.map(\.reason) == [
        "3 of 3 files have an owner; 2 files without one on purpose",
        "owners of 0 of 1 rule hardly do the work; 1 rule with too few commits and 1 rule undecided",
        "0 % of the work went to files without an owner",
      ])
  }

  @Test(arguments: [(100, "A"), (90, "A"), (89, "B"), (80, "B"), (79, "C"), (70, "C"), (69, "D"), (60, "D"), (59, "F"), (0, "F")])
  func `letters are those of schools`(score: Int, letter: String) {
    #expect(OwnershipHealth.Letter(score: score).rawValue == letter)
  }

  @Test(arguments: 0..<60) func `the score stays between 0 and 100 and never falls when something gets better`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let before = Repository(
      drifted: random.number(in: 1...4), steady: random.number(in: 1...4), unownedFiles: random.number(in: 2...5),
      unownedCommits: random.number(in: 1...20), approved: random.number(in: 0...5), lacking: random.number(in: 1...5))
    var better = before
    switch random.number(in: 0...2) {
    case 0: (better.drifted, better.steady) = (before.drifted - 1, before.steady + 1)
    case 1: (better.lacking, better.approved) = (before.lacking - 1, before.approved + 1)
    default: (better.unownedFiles, better.unownedCommits) = (before.unownedFiles - 1, before.unownedCommits - 1)
    }
    let weights = OwnershipHealth.Weights(
      completeness: random.number(in: 0...50), drift: random.number(in: 0...50), reviews: random.number(in: 0...50),
      gaps: random.number(in: 1...50))
    let (low, high) = (before.health(weights: weights).score ?? -1, better.health(weights: weights).score ?? -1)
    #expect((0...100).contains(low) && low <= high && high <= 100)
  }

  @Test func `negative points are a mistake of the caller`() async {
    await #expect(processExitsWith: .failure) { _ = OwnershipHealth.Weights(drift: -1) }
  }
}
