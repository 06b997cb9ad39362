import KoalrCodeOwnersParser
import KoalrDeliveryMetrics
import KoalrDomain
import Testing

struct OwnershipDriftTests {
  /// Commits to `api/a`: who, and how many days ago. A commit weighs 1, 1/2, 1/4, 1/8 after 0, 30, 60, 90 days.
  struct Case: CustomTestStringConvertible {
    var ann: [Double]
    var ben: [Double]
    var share: Double?
    var severity: Severity?
    var testDescription: String { "ann \(ann), ben \(ben)" }
  }

  private static func today(_ count: Int) -> [Double] { Array(repeating: 0, count: count) }

  private static let cases = [
    Case(ann: [], ben: today(5), share: 0, severity: .medium),
    Case(ann: today(1), ben: today(4), share: nil, severity: nil),  // 1 of 5 is 20 %, which is not below
    Case(ann: today(1), ben: today(5), share: 16.67, severity: .low),  // 1 / 6
    Case(ann: [5], ben: [5, 5, 5, 5], share: nil, severity: nil),  // nor is it when rounding makes it less
    Case(ann: [30], ben: today(4), share: 11.11, severity: .low),  // 0.5 / 4.5
    Case(ann: [60], ben: today(4), share: 5.88, severity: .medium),  // 0.25 / 4.25
    Case(ann: [90, 90, 90, 90], ben: today(1), share: nil, severity: nil),  // 0.5 / 1.5
    Case(ann: [30, 30, 90], ben: [0, 30, 0, 60, 0, 0, 0], share: 16.36, severity: .low),  // 1.125 / 6.875
    Case(ann: [], ben: today(4), share: nil, severity: nil),  // too few
    Case(ann: [], ben: today(19), share: 0, severity: .medium),
    Case(ann: [], ben: today(20), share: 0, severity: .high),
    Case(ann: [30], ben: today(20), share: 2.44, severity: .high),  // 0.5 / 20.5
    Case(ann: today(1), ben: today(19), share: 5, severity: .medium),  // 1 / 20 is not below 5 %
  ]

  @Test(arguments: cases) func `owners with less than a fifth of the recent work have drifted`(_ row: Case) {
    let commits = (row.ann.map { ("ann", $0) } + row.ben.map { ("ben", $0) }).enumerated().map { number, commit in
      Sample.commit(number, commit.0, day: -commit.1, ["api/a"])
    }
    let event = Sample.drift("/api/ @Ann", commits).events.first
    #expect(Sample.percent(event?.ownersShare) == row.share)
    #expect(event?.severity == row.severity)
  }

  @Test func `an event says who is declared, who works there, how much, and since when`() throws {
    let commits =
      [Sample.commit(0, "ann", day: -60, ["api/a"]), Sample.commit(1, "ben", day: -30, ["api/a", "api/b"])]
      + (2...4).map { Sample.commit($0, "ben", ["api/b", "web/a"]) } + [Sample.commit(5, "eve", ["api/c"])]
    let drift = Sample.drift("* @eve\n/api/ @ann @Zoe\n/web/", commits)
    let event = try #require(drift.events.first)
    // ann 0.25, ben 0.5 + 3, eve 1: together 4.75.
    #expect(drift.events.count == 1)
    #expect(event.rule.line == 2 && event.owners == [.user("@ann"), .user("@Zoe")])
    #expect(event.declared.map { Sample.percent($0.share) } == [5.26, 0])
    #expect(Sample.percent(event.ownersShare) == 5.26 && event.uncertainShare == 0 && event.severity == .medium)
    #expect(event.contributors.map(\.author.description) == ["@ben", "@eve", "@ann"])
    #expect(event.contributors.map { Sample.percent($0.share) } == [73.68, 21.05, 5.26])
    #expect(event.contributors.map(\.commits) == [4, 1, 1])
    #expect(event.commits == 6 && event.files == 3)
    // After ben's first commit ann still had a third.
    #expect(event.since == Sample.day(0))
    #expect(
      event.summary
        == "line 2, /api/: @ann and @Zoe made 5.3 % of 6 commits to 3 files by weight; most came from @ben 73.7 %, @eve 21.1 % and @ann 5.3 %"
    )
    #expect(drift.decidedRules == 1 && drift.quietRules == 0 && drift.rate == 1)
  }

  @Test func `an owner who stands twice on a line is one owner`() {
    let commits = (0...5).map { Sample.commit($0, "eve", ["api/a"]) }
    #expect(Sample.drift("* @ann @ben @Ann", commits).events.first?.owners == [.user("@ann"), .user("@ben")])
  }

  @Test func `a commit counts once for each rule that decides about a file of it`() {
    let commits = (0..<5).map { Sample.commit($0, "ben", ["api/a", "api/b", "web/a", "docs/a"]) }
    let drift = Sample.drift("/api/ @ann\n/web/ @ann\n/docs/ @ben\n/api/b @ben", commits)
    #expect(drift.events.map(\.rule.pattern) == ["/api/", "/web/"])
    #expect(drift.events.map(\.commits) == [5, 5] && drift.events.map(\.files) == [1, 1])
    #expect(drift.decidedRules == 4 && drift.rate == 0.5)
  }

  @Test func `the worst come first, then those with most commits, then the order of the file`() {
    let commits =
      (0..<20).map { Sample.commit($0, "ben", ["d/a"]) } + (20..<26).map { Sample.commit($0, "ben", ["c/a"]) }
      + (26..<31).map { Sample.commit($0, "ben", ["a/a", "b/a"]) }
    let drift = Sample.drift("/a/ @ann\n/b/ @ann\n/c/ @ann\n/d/ @ann", commits)
    #expect(drift.events.map(\.rule.pattern) == ["/d/", "/c/", "/a/", "/b/"])
  }

  @Test func `the work of a team's members is the team's`() {
    let commits = (0..<4).map { Sample.commit($0, "ben", ["api/a"]) } + [Sample.commit(9, "Ann", ["api/a"])]
    let directory = OwnerDirectory(teams: [Sample.team("api", "ann"), Sample.team("empty")])
    #expect(Sample.drift("* @Acme/API", commits, directory).events.isEmpty)
    #expect(Sample.drift("* @acme/empty", commits, directory).events.map(\.ownersShare) == [0])
  }

  @Test func `a team whose members are not known is undecided, unless others of the rule do enough`() {
    let commits = (0..<9).map { Sample.commit($0, "ben", ["api/a"]) } + [Sample.commit(9, "ann", ["web/a"])]
    let drift = Sample.drift("* @acme/gone @ann", commits)
    #expect(drift.events.isEmpty && drift.decidedRules == 0 && drift.rate == nil)
    #expect(drift.undecided.map(\.reason) == ["the people behind @acme/gone are not known"])
    #expect(Sample.drift("* @acme/gone @ben", commits).undecided.isEmpty)
    #expect(Sample.drift("* @acme/gone @ben", commits).rate == 0)
  }

  @Test func `contributors without an account may be owners`() {
    let known = (0..<8).map { Sample.commit($0, "ben", ["a"]) }
    let one = known + [Sample.commit(8, "x@example.org", ["a"])]
    let two = one + [Sample.commit(9, "y@example.org", ["a"])]
    let event = Sample.drift("* @ann", one).events.first  // 1 of 9 at most
    #expect(event?.ownersShare == 0 && Sample.percent(event?.uncertainShare) == 11.11 && event?.severity == .low)
    #expect(event?.declared.map(\.share) == [nil])
    let drift = Sample.drift("* @ann", two)  // 2 of 10 at most
    #expect(drift.events.isEmpty)
    #expect(drift.undecided.map(\.reason) == ["the accounts of 2 of 3 contributors are not known"])
  }

  @Test func `an address is resolved by the directory, by commits, and by itself`() {
    let others = (0..<4).map { Sample.commit($0, "ben", ["a"]) }
    let byAddress = others + [Sample.commit(8, "Ann@example.org", ["a"])]
    let byAccount = others + [Sample.commit(8, "ann", email: "other@example.org", ["a"])]
    let learnt = byAccount + [Sample.commit(9, "ann", email: "ANN@example.org", ["b"])]
    let directory = OwnerDirectory(addresses: ["ann@example.org": Login(unchecked: "ann")])
    #expect(Sample.drift("* ann@Example.org", byAddress).rate == 0)
    #expect(Sample.drift("* @ann", byAddress, directory).rate == 0)
    #expect(
      Sample.drift("* ann@example.org", byAccount).undecided.map(\.reason) == ["the people behind ann@example.org are not known"])
    #expect(Sample.drift("* ann@example.org", learnt).rate == 0)
    #expect(Sample.drift("* ann@example.org", byAccount, directory).rate == 0)
    let noReply = others + [Sample.commit(8, "12+Ann@users.noreply.github.com", ["a"])]
    #expect(Sample.drift("* @ann", noReply).rate == 0)
  }

  @Test func `two addresses without accounts are two people`() {
    let commits = (0..<5).map { Sample.commit($0, "ben@example.org", ["a"]) }
    #expect(Sample.drift("* ann@example.org", commits).events.map(\.ownersShare) == [0])
  }

  @Test func `a rule that names nobody has nobody to drift from`() {
    let drift = Sample.drift("*", (0..<9).map { Sample.commit($0, "ben", ["a"]) })
    #expect(drift.events.isEmpty && drift.decidedRules == 0 && drift.quietRules == 0)
  }

  @Test func `what is likely mends the rule and keeps who still works there`() throws {
    let commits =
      (0..<9).map { Sample.commit($0, $0 < 6 ? "ben" : "eve", ["a"]) } + [Sample.commit(9, "ann", ["a"])]
    let persons = try #require(Sample.drift("* @ann @zoe", commits).events.first)
    #expect(persons.likely?.owners == [.user("@ben"), .user("@eve")] && Sample.percent(persons.likely?.share) == 90)
    #expect(persons.suggestion == OwnerSuggestion(.rule(line: 1), owners: [.user("@ben"), .user("@eve"), .user("@ann")]))

    let teams = [Sample.team("big", "ben", "eve", "joe"), Sample.team("small", "ben", "eve"), Sample.team("one", "ben")]
    let directory = OwnerDirectory(teams: teams)
    let team = try #require(
      Sample.drift("/x @acme/one\n/y @acme/big @acme/small\n* @zoe", commits, directory).events.first)
    #expect(team.suggestion == OwnerSuggestion(.rule(line: 3), owners: [.team("@acme/small")]))

    let left = OwnerDirectory(accounts: [Login(unchecked: "ben"): .gone, Login(unchecked: "eve"): .write])
    #expect(Sample.drift("* @zoe", commits, left).events.first?.likely?.owners == [.user("@eve")])
    let nameless = (0..<6).map { Sample.commit($0, $0 < 4 ? "Ben@Example.org" : "root@localhost", ["a"]) }
    #expect(Sample.drift("* zoe@example.org", nameless).events.first?.likely?.owners == [.email("ben@example.org")])
    let nobody = (0..<9).map { Sample.commit($0, "p\($0)", ["a"]) }
    #expect(Sample.drift("* @zoe", nobody).events.first?.suggestion == nil)
  }

  @Test func `a repair that follows the suggestions leaves no drift and no gap`() {
    let commits = (0..<9).map { Sample.commit($0, $0 < 6 ? "ben" : "eve", ["api/a", "api/b", "new/a"]) }
    let (file, paths) = (Sample.file("/api/ @ann  # the core\n"), ["api/a", "api/b", "new/a"])
    let contributions = Sample.contributions(commits)
    let suggestions =
      OwnershipDrift(of: file, in: contributions, directory: OwnerDirectory()).events.compactMap(\.suggestion)
      + OwnershipGaps(of: file, paths: paths, in: contributions).unowned.compactMap(\.suggestion)
    let repair = CodeOwnersRepair(of: file, paths: paths, suggestions: suggestions)
    #expect(repair.unmet.isEmpty && repair.file.text == "/api/ @ben @eve  # the core\n/new/ @ben @eve\n")
    #expect(OwnershipDrift(of: repair.file, in: contributions, directory: OwnerDirectory()).rate == 0)
    #expect(OwnershipGaps(of: repair.file, paths: paths, in: contributions).unowned.isEmpty)
  }

  @Test func `each section of a file has rules of its own, and default owners`() {
    let file = CodeOwnersParser(dialect: .gitLab).parse("[Code] @ann\n/api/\n/web/ @ben\n[Docs]\n/api/ @ben @zoe\n!/api/x\n")
    let commits = (0..<5).map { Sample.commit($0, "ben", ["api/a", "api/x", "web/a"]) }
    let directory = OwnerDirectory(accounts: [Login(unchecked: "ann"): .write])
    let drift = OwnershipDrift(of: file, in: Sample.contributions(commits), directory: directory)
    #expect(drift.events.map(\.section?.name) == ["Code"] && drift.events.map(\.owners) == [[.user("@ann")]])
    #expect(drift.events.map(\.rule.line) == [2] && drift.events.map(\.files) == [2])
    #expect(drift.decidedRules == 3)
  }

  @Test func `what GitLab writes like a user may be a group`() {
    let file = CodeOwnersParser(dialect: .gitLab).parse("/api/ @ann\n/web/ @@maintainer\n")
    let commits = (0..<5).map { Sample.commit($0, "ben", ["api/a", "web/a"]) }
    func drift(_ commits: [Commit], _ directory: OwnerDirectory = OwnerDirectory()) -> OwnershipDrift {
      OwnershipDrift(of: file, in: Sample.contributions(commits), directory: directory)
    }
    let unknown = ["@ann", "@@maintainer"].map { "the people behind \($0) are not known" }
    #expect(drift(commits).undecided.map(\.reason) == unknown)
    #expect(drift(commits + [Sample.commit(9, "Ann", ["docs/a"])]).events.map(\.rule.line) == [1])
    #expect(drift(commits, OwnerDirectory(accounts: [Login(unchecked: "ann"): .gone])).events.map(\.rule.line) == [1])
  }
}
