import KoalrCodeOwnersParser
import KoalrDomain
import KoalrTesting
import Testing

struct ReviewComplianceTests {
  private let directory = OwnerDirectory(
    teams: [team("api", ["ben", "eve", "reader"]), team("solo", ["ann"]), team("idle", [])],
    accounts: [
      Login(unchecked: "ben"): .write, Login(unchecked: "eve"): .write, Login(unchecked: "reader"): .read,
      Login(unchecked: "zoe"): .gone,
    ])

  private static func team(_ slug: String, _ members: [String]) -> Team {
    Team(
      id: SourceID(unchecked: slug), organization: "acme", slug: slug, name: slug, parent: nil,
      members: members.map(Login.init(unchecked:)))
  }

  private static func time(_ hour: Double) -> Date { Date(timeIntervalSince1970: 1_700_000_000 + hour * 3_600) }

  /// `ben+` approves, `ben-` asks for changes, `ben.` comments, `benx` is dismissed; one an hour.
  private static func reviews(_ words: String) -> [Review] {
    let states: [Character: Review.State] = ["+": .approved, "-": .changesRequested, ".": .commented, "x": .dismissed]
    return words.split(separator: " ").enumerated().map { hour, word in
      Review(
        id: SourceID(unchecked: "r\(hour)"), author: Login(unchecked: String(word.dropLast())),
        state: word.last.flatMap { states[$0] } ?? .pending, submittedAt: time(Double(hour)))
    }
  }

  private func compliance(
    _ text: String, _ reviews: String, paths: [String] = ["api/a", "api/b", "web/c"], author: String? = "ann",
    dialect: CodeOwnersParser.Dialect = .gitHub, policy: ReviewPolicy = ReviewPolicy()
  ) -> ReviewCompliance {
    ReviewCompliance(
      file: CodeOwnersParser(dialect: dialect).parse(text), paths: paths, author: author.map(Login.init(unchecked:)),
      reviews: Self.reviews(reviews), directory: directory, policy: policy)
  }

  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var reviews: String
    var conclusion: CheckVerdict.Conclusion
    var title: String
    var testDescription: String { "\(file.replacing("\n", with: "; ")) / \(reviews)" }
  }

  @Test(arguments: [
    Case(file: "", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "*", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "* @ben", reviews: "", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @ben", reviews: "BEN+", conclusion: .success, title: "Owners approved all 3 owned files"),
    Case(file: "* @acme/api", reviews: "eve+", conclusion: .success, title: "Owners approved all 3 owned files"),
    Case(file: "/web/ @ben\n/api/ @kim", reviews: "kim+", conclusion: .failure, title: "1 of 3 owned files lacks an approval"),
    // The last word of a person counts; a comment is none.
    Case(file: "* @ben", reviews: "ben- ben. ben+", conclusion: .success, title: "Owners approved all 3 owned files"),
    Case(file: "* @ben", reviews: "ben+ benx", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @ben @eve", reviews: "eve+ ben-", conclusion: .failure, title: "An owner asks for changes"),
    Case(file: "* @ben", reviews: "ben+ kim-", conclusion: .success, title: "Owners approved all 3 owned files"),
    // The author, bots, and those without access do not count.
    Case(file: "* @ann @ben", reviews: "ann+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @ann", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "* @acme/solo @ann", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "* @acme/idle", reviews: "ben+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @reader @ben", reviews: "reader+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @acme/api", reviews: "reader+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @somebody", reviews: "ben+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "* @zoe", reviews: "", conclusion: .success, title: "No owner has to approve"),
    // Whoever may be an owner leaves it open.
    Case(
      file: "* @acme/unknown", reviews: "kim+", conclusion: .neutral,
      title: "Of 3 of 3 owned files it cannot be told whether owners approved"),
    Case(file: "* @acme/unknown", reviews: "", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(
      file: "/api/ kim@example.org\n/web/ @kim", reviews: "kim+", conclusion: .neutral,
      title: "Of 2 of 3 owned files it cannot be told whether owners approved"),
  ]) func `the verdict follows from the file and the reviews`(_ one: Case) {
    let verdict = compliance(one.file, one.reviews).verdict
    #expect(verdict.conclusion == one.conclusion)
    #expect(verdict.title == one.title)
  }

  @Test(arguments: [
    Case(file: "[A][2]\n* @ben @eve", reviews: "ben+", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    Case(file: "[A][2]\n* @ben @eve", reviews: "ben+ eve+", conclusion: .success, title: "Owners approved all 3 owned files"),
    Case(
      file: "[A][2]\n* @ben @acme/unknown", reviews: "ben+ kim+", conclusion: .neutral,
      title: "Of 3 of 3 owned files it cannot be told whether owners approved"),
    // GitLab does not wait for more people than there are; of @acme/api the reader may not approve.
    Case(file: "[A][3]\n* @ben @eve", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "[A][2]\n* @ann @ben", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "[A][3]\n* @acme/api", reviews: "ben+ eve+", conclusion: .success, title: "No owner has to approve"),
    Case(file: "* @acme/idle", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "[A][2]\n* @acme/unknown", reviews: "", conclusion: .failure, title: "3 of 3 owned files lack an approval"),
    // A name without a slash may be a group's.
    Case(
      file: "* @somebody", reviews: "ben+", conclusion: .neutral,
      title: "Of 3 of 3 owned files it cannot be told whether owners approved"),
    Case(file: "^[A]\n* @ben", reviews: "", conclusion: .success, title: "No owner has to approve"),
    Case(file: "^[A]\n* @ben\n[B]\nweb/ @eve", reviews: "", conclusion: .failure, title: "1 of 1 owned file lacks an approval"),
    Case(
      file: "[A] @ben\n*\n[B] @eve\nweb/", reviews: "ben+", conclusion: .failure, title: "1 of 3 owned files lacks an approval"),
    Case(file: "[A] @ben\n*\n!web/\n", reviews: "ben+", conclusion: .success, title: "Owners approved all 2 owned files"),
    Case(
      file: "* @@maintainer", reviews: "kim+", conclusion: .neutral,
      title: "Of 3 of 3 owned files it cannot be told whether owners approved"),
  ]) func `each section of GitLab's asks for its own approvals`(_ one: Case) {
    let verdict = compliance(one.file, one.reviews, dialect: .gitLab).verdict
    #expect(verdict.conclusion == one.conclusion)
    #expect(verdict.title == one.title)
  }

  @Test func `a section is named where approvals are missing, and Bitbucket requires none`() {
    #expect(
      compliance("[Web][2]\nweb/ @ben @eve", "eve+", dialect: .gitLab).verdict.summary
        == "web/ in [Web] needs 2 of @ben, @eve and has 1 (1 file).")
    let bitbucket = compliance("* @ben", "", dialect: .bitbucket)
    #expect(bitbucket.verdict.conclusion == .success && bitbucket.requirements.first?.state == .lacking)
    #expect(compliance("* @acme/api:random(1)", "eve+", dialect: .bitbucket).requirements.first?.state == .met)
  }

  @Test func `what is asked is told by rule, with who may, who may not and who did`() {
    let result = compliance("/api/ @acme/api @ann @reader\n/web/ @kim @lou @max @nik\n", "eve+ kim.")
    let (api, web) = (result.requirements.first, result.requirements.last)
    #expect(api?.paths == ["api/a", "api/b"])
    #expect(api?.owners == [.team("@acme/api")])
    #expect(api?.barred == [.user("@ann"), .user("@reader")])
    #expect(api?.approvedBy == [Login(unchecked: "eve")])
    #expect(api?.state == .met && web?.state == .lacking)
    #expect(result.approved == ["api/a", "api/b"] && result.lacking == ["web/c"] && result.undecided == [])
    #expect(result.verdict.summary == "/web/ needs 1 of @kim, @lou, @max, 1 more (1 file).")
    #expect(compliance("* @ben", "ben+").verdict.summary == "The approvals of ben are all that is needed.")
    #expect(compliance("* @ben @eve", "eve+ ben-").verdict.summary == "ben asked for changes and did not approve since.")
    #expect(
      compliance("* @acme/unknown", "kim+").verdict.summary
        == "* needs 1 of @acme/unknown, whose people are not all known (3 files).")
  }

  @Test func `an approval stands after a push unless the policy says otherwise`() {
    let late = ReviewPolicy(head: Self.time(0.5))
    #expect(compliance("* @ben", "ben+").verdict.conclusion == .success)
    #expect(compliance("* @ben", "ben+", policy: late).verdict.conclusion == .failure)
    #expect(compliance("* @ben", "ben. ben+", policy: late).verdict.conclusion == .success)
    #expect(compliance("* @ben", "ben. ben+", policy: ReviewPolicy(asOf: Self.time(0.5))).verdict.conclusion == .failure)
  }

  @Test func `an unknown author leaves nobody out`() {
    #expect(compliance("* @ann", "", author: nil).lacking.count == 3)
    #expect(compliance("* @ann", "ann+", author: nil).lacking.isEmpty)
  }

  @Test(arguments: 0..<40) func `one more approval never makes it worse`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    let names = ["ann", "ben", "eve", "kim", "reader"]
    let marks = ["+", "-", ".", "x"]
    let said = (0..<random.number(in: 0...5)).map { _ in (random.pick(names) ?? "") + (random.pick(marks) ?? "") }
      .joined(separator: " ")
    let before = compliance(repository.text, said, paths: repository.paths)
    for name in names {
      let after = compliance(repository.text, "\(said) \(name)+", paths: repository.paths)
      #expect(Self.rank(before) <= Self.rank(after))
      #expect(Set(after.lacking).isSubset(of: before.lacking))
      #expect(Set(before.approved).isSubset(of: after.approved))
    }
    let everybody = compliance(repository.text, names.map { "\($0)+" }.joined(separator: " "), paths: repository.paths)
    #expect(
      Set(everybody.approved + everybody.lacking + everybody.undecided).count
        == everybody.approved.count + everybody.lacking.count + everybody.undecided.count)
  }

  private static func rank(_ compliance: ReviewCompliance) -> Int {
    switch compliance.verdict.conclusion {
    case .failure: 0
    case .neutral: 1
    case .success: 2
    }
  }
}
