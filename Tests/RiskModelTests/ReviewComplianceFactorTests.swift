import KoalrCodeOwnersParser
import KoalrDomain
import KoalrRiskModel
import Testing

struct ReviewComplianceFactorTests {
  private let factor = ReviewComplianceFactor(staleApprovalStrength: 0.5, missingOwnerFloor: 0.3)

  private func verdict(
    _ reviews: [Review]?, state: Change.State = .merged, files: [String] = ["api/a.swift", "web/b.js"], owners: String? = nil,
    teams: [Team] = [], head: Date? = nil
  ) -> FactorVerdict {
    let change = Sample.change(state: state, files: files.map { Sample.file($0) }, reviews: reviews)
    let ownership = owners.map { OwnershipEvidence.file(CodeOwnersParser().parse($0), teams: TeamRoster(teams)) } ?? .noFile
    return factor.strength(in: Sample.evidence(change, ownership: .known(ownership), headCommittedAt: head))
  }

  private func approval(_ login: Login, day: Double = -1) -> Review {
    Sample.review("r\(login)\(day)", by: login, .approved, day: day)
  }

  @Test func `unread reviews are missing, not lacking`() {
    #expect(verdict(nil) == .missing(reason: "the reviews have not been read"))
  }

  @Test func `no approval by somebody else is full strength`() {
    #expect(verdict([]) == .strength(1, reason: "no approval; nobody else reviewed it"))
    #expect(verdict([], state: .open) == .strength(1, reason: "no approval yet; nobody else reviewed it"))
    #expect(verdict([approval(Sample.ann)]) == .strength(1, reason: "only the author approved it; nobody else reviewed it"))
    #expect(
      verdict([approval(Login(unchecked: "helper[bot]"))])
        == .strength(1, reason: "only a bot approved it; nobody else reviewed it"))
    #expect(
      verdict([Sample.review("1", by: Sample.ben, .commented)]) == .strength(1, reason: "no approval; 1 other person reviewed it")
    )
  }

  @Test func `an approval by somebody else is enough where nobody owns the files`() {
    #expect(verdict([approval(Sample.ben)]) == .strength(0, reason: "approved by ben; the repository has no CODEOWNERS file"))
    #expect(
      verdict([approval(Sample.ben)], owners: "/other/ @eve")
        == .strength(0, reason: "approved by ben; none of the files needs an owner's approval"))
  }

  @Test func `the last verdict of a person counts, comments apart`() {
    let asked = Sample.review("1", by: Sample.ben, .changesRequested, day: -2)
    let commented = Sample.review("2", by: Sample.ben, .commented, day: -1.5)
    #expect(
      verdict([asked, commented, approval(Sample.eve)])
        == .strength(1, reason: "ben asked for changes and did not approve since"))
    #expect(verdict([asked, approval(Sample.ben)]).value == 0)
    let dismissed = Sample.review("3", by: Sample.ben, .dismissed, day: -0.5)
    #expect(verdict([approval(Sample.ben), dismissed]).value == 1)
  }

  @Test func `reviews from after the moment of the evidence are not looked at`() {
    #expect(verdict([approval(Sample.ben, day: 1)]).value == 1)
  }

  @Test func `an approval before the newest commit is stale`() {
    #expect(verdict([approval(Sample.ben)], head: Sample.day(-2)).value == 0)
    let stale = verdict([approval(Sample.ben)], head: Sample.day(-0.5))
    #expect(stale == .strength(0.5, reason: "approved by ben, before the newest commit; the repository has no CODEOWNERS file"))
  }

  @Test func `each owned file needs an approval by one of its owners`() {
    let owners = "/api/ @eve @acme/api\n/web/ @ben\n"
    let none = verdict([approval(Login(unchecked: "zoe"))], owners: "/api/ @eve\n/web/ @ben\n")
    #expect(
      none == .strength(1, reason: "approved by zoe; owners of 2 of 2 owned files did not approve (api/a.swift and web/b.js)"))
    let half = verdict([approval(Sample.ben)], owners: "/api/ @EVE\n/web/ @BEN\n")
    #expect(abs((half.value ?? 0) - 0.65) < 1e-12)
    #expect(half.reason == "approved by ben; owners of 1 of 2 owned files did not approve (api/a.swift)")
    #expect(
      verdict([approval(Sample.ben), approval(Sample.eve)], owners: owners)
        == .strength(0, reason: "approved by ben and eve; owners approved all 2 owned files"))
  }

  @Test func `a team approves by its members and those of the teams below it`() {
    let teams = [team("api", nil, []), team("core", "api", [Sample.ben])]
    #expect(verdict([approval(Sample.ben)], owners: "* @ACME/Api", teams: teams).value == 0)
    #expect(verdict([approval(Sample.eve)], owners: "* @acme/api", teams: teams).value == 1)
  }

  @Test func `an owner that cannot be compared adds nothing and is named`() {
    #expect(
      verdict([approval(Sample.ben)], owners: "* @acme/unknown\n/web/ @ben")
        == .strength(0, reason: "approved by ben; owners approved all 1 owned file; for 1 owned file it cannot be told"))
    #expect(
      verdict([approval(Sample.ben)], owners: "* ann@example.org")
        == .strength(0, reason: "approved by ben; no owner could be compared; for 2 owned files it cannot be told"))
  }

  @Test func `an author who is the only owner needs nobody else's ownership`() {
    #expect(verdict([approval(Sample.ben)], owners: "* @Ann").value == 0)
    #expect(verdict([approval(Sample.ben)], owners: "* @ann @eve").value == 1)
  }

  @Test func `unknown owners leave the approvals to count`() {
    let change = Sample.change(files: [Sample.file("a")], reviews: [approval(Sample.ben)])
    #expect(
      factor.strength(in: Sample.evidence(change))
        == .strength(0, reason: "approved by ben; owners could not be checked: the owners have not been read"))
  }

  @Test func `a circle of teams ends`() {
    let roster = TeamRoster([team("a", "b", [Sample.ann]), team("b", "a", [Sample.ben])])
    #expect(roster.contains(Sample.ann, in: "@acme/b") == true)
    #expect(roster.contains(Sample.eve, in: "@acme/b") == false)
    #expect(roster.contains(Sample.eve, in: "@acme/c") == nil)
  }

  private func team(_ slug: String, _ parent: String?, _ members: [Login]) -> Team {
    Team(id: SourceID(unchecked: slug), organization: "acme", slug: slug, name: slug, parent: parent, members: members)
  }
}
