import KoalrCore
import Testing

@testable import KoalrSyncEngine

struct RevertTests {
  private let bad = SmallWorld.commit(SmallWorld.api, 5, days: 9, parents: [1], files: ["a"])

  @Test func `without deployments a revert is an incident from landing to landing`() throws {
    let incident = try #require(reverts([bad, commit(6, days: 8, parents: [5], reverts: 5)]).first)
    #expect(incident.id.rawValue == "revert:\(SmallWorld.sha(6))" && incident.causeSHA == bad.sha)
    #expect(incident.startedAt == bad.committedAt && incident.resolvedAt == SmallWorld.day(8))
    #expect(incident.confidence == 0.4)
  }

  @Test func `it lasts as long as production had what was taken back`() throws {
    let commits = [bad, commit(6, days: 8, parents: [5], reverts: 5)]
    let incident = try #require(reverts(commits, released: [(5, 8.9), (6, 7.9)]).first)
    #expect(incident.startedAt == SmallWorld.day(8.9) && incident.resolvedAt == SmallWorld.day(7.9))
    #expect(incident.confidence == 0.8)
  }

  @Test func `what production never had hurt nobody`() throws {
    let commits = [commit(4, days: 10, parents: []), bad, commit(6, days: 8, parents: [5], reverts: 5)]
    let incident = try #require(reverts(commits, released: [(4, 9.5), (6, 7.9)]).first)
    #expect(incident.startedAt == bad.committedAt && incident.resolvedAt == SmallWorld.day(8))
    #expect(incident.confidence == 0.25)
  }

  @Test func `a merged branch is taken back by its merge`() throws {
    let base = commit(1, days: 20, parents: [])
    let work = commit(2, days: 12, parents: [1])
    let merge = commit(3, days: 10, parents: [1, 2])
    let reverting = commit(4, days: 7, parents: [3], reverts: 3)
    let again = commit(6, days: 7, parents: [4], reverts: 2)
    let back = commit(7, days: 6, parents: [3, 6])
    let incidents = reverts([base, work, merge, reverting, again, back])
    #expect(incidents.count == 1 && incidents.first?.causeSHA == merge.sha)
    #expect(incidents.first?.resolvedAt == back.committedAt)
  }

  @Test func `a revert of a revert brings the work back and is none`() {
    let revert = commit(6, days: 8, parents: [5], reverts: 5)
    let again = commit(7, days: 7, parents: [6], reverts: 6)
    #expect(reverts([bad, revert, again]).map(\.causeSHA) == [bad.sha])
    let older = commit(8, days: 6, parents: [7], reverts: 99, subject: #"Revert "Revert "Add paging"""#)
    #expect(reverts([older]).isEmpty)
  }

  @Test func `what is taken back before it lands never was there`() {
    let base = commit(1, days: 20, parents: [])
    let work = commit(2, days: 12, parents: [1])
    let taken = commit(3, days: 11, parents: [2], reverts: 2)
    #expect(reverts([base, work, taken, commit(4, days: 10, parents: [1, 3])]).isEmpty)
  }

  @Test(arguments: [
    (#"Revert "Add paging""#, "Add paging"), (#"Revert "Add paging" (#9)"#, "Add paging (#7)"),
    (#"Revert "Add paging (#7)" (#9)"#, "Something else"),
  ])
  func `a title says what is taken back`(title: String, merged: String) {
    var target = bad
    target.subject = merged
    let change = DerivedIncidentsTests.change(7, merge: 5, title: merged == "Add paging" ? "Other" : "Add paging", days: 9)
    let revert = commit(6, days: 8, parents: [5], subject: title)
    #expect(reverts([target, revert], changes: [change]).map(\.causeSHA) == [bad.sha])
  }

  @Test func `a merged change that says so is a revert although its commit does not`() {
    let changes = [
      DerivedIncidentsTests.change(7, merge: 5, title: "Add paging", days: 9),
      DerivedIncidentsTests.change(9, merge: 6, title: #"Revert "Add paging""#, days: 8),
    ]
    let incidents = reverts([bad, commit(6, days: 8, parents: [5], subject: "Merge pull request #9")], changes: changes)
    #expect(incidents.map(\.causeSHA) == [bad.sha] && incidents.map(\.id.rawValue) == ["revert:\(SmallWorld.sha(6))"])
  }

  @Test func `a revert of what is older than the window has no time but its own`() throws {
    let incident = try #require(reverts([commit(6, days: 8, parents: [5], reverts: 99)]).first)
    #expect(incident.startedAt == SmallWorld.day(8) && incident.resolvedAt == SmallWorld.day(8))
    #expect(incident.causeSHA == SmallWorld.sha(99) && incident.confidence == 0.4)
  }

  @Test(arguments: ["Revert \"", "Revert \"\"", "Revert", "Reverted \"x\"", "revert \"x\"", "Revert x"])
  func `other titles are none`(title: String) {
    #expect(RevertTitle(title) == nil)
  }

  private func commit(
    _ number: Int, days: Double, parents: [Int], reverts: Int? = nil, subject: String? = nil
  ) -> Commit {
    var commit = SmallWorld.commit(SmallWorld.api, number, days: days, parents: parents, files: ["a"])
    commit.reverts = reverts.map(SmallWorld.sha)
    commit.subject = subject ?? commit.subject
    return commit
  }

  private func reverts(_ commits: [Commit], changes: [Change] = [], released: [(sha: Int, day: Double)] = []) -> [Incident] {
    let deployments = released.map { sha, day in
      DerivedIncidentsTests.deployment("D\(sha)", sha, "production", [(.success, SmallWorld.day(day).timeIntervalSince1970)])
    }
    return DerivedIncidents(rules: IncidentRules(), commits: commits, head: nil, changes: changes, deployments: deployments)
      .fromReverts()
  }
}
