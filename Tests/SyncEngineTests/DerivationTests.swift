import KoalrCore
import Testing

@testable import KoalrSyncEngine

struct DerivedIncidentsTests {
  @Test(arguments: [
    ("production", true), ("prod-eu", true), ("Production", true), ("eu-production", true), ("live", true),
    ("staging", false), ("preview-12", false), ("products-test", false), ("delivery", false),
  ])
  func `an environment is production by its name`(name: String, expected: Bool) {
    #expect(DerivedIncidents.isProduction(name) == expected)
  }

  @Test func `a failed production deployment is an incident until the next success`() throws {
    let failed = deployment("D1", "production", [(.inProgress, 0), (.failure, 10)])
    let mended = deployment("D2", "production", [(.success, 100)])
    let elsewhere = deployment("D3", "staging", [(.failure, 5)])
    let incidents = DerivedIncidents.from([failed, mended, elsewhere])
    let incident = try #require(incidents.first)
    #expect(incidents.count == 1)
    #expect(incident.id.rawValue == "deployment:D1")
    #expect(incident.startedAt == Date(timeIntervalSince1970: 10))
    #expect(incident.resolvedAt == Date(timeIntervalSince1970: 100))
  }

  @Test(arguments: [("incident", true), ("Outage", true), ("sev1", true), ("bug", false), ("incidental", false)])
  func `a ticket is an incident by its label`(label: String, expected: Bool) {
    let issue = Issue(
      id: SourceID(unchecked: "I1"), repositoryID: SmallWorld.api, number: 1, state: .open, title: "Down", author: nil,
      createdAt: SmallWorld.now, updatedAt: SmallWorld.now, closedAt: nil, labels: [label])
    #expect(DerivedIncidents.from([issue]).isEmpty != expected)
  }

  @Test func `a revert is an incident from the commit it takes back until itself`() throws {
    let bad = SmallWorld.commit(SmallWorld.api, 5, days: 9, parents: [1], files: ["a"])
    var revert = SmallWorld.commit(SmallWorld.api, 6, days: 8, parents: [5], files: ["a"])
    revert.reverts = bad.sha
    let incident = try #require(DerivedIncidents.from([revert, bad]).first)
    #expect(incident.startedAt == bad.committedAt && incident.resolvedAt == revert.committedAt)
    #expect(incident.causeSHA == bad.sha)
  }

  private func deployment(_ id: String, _ environment: String, _ statuses: [(DeploymentStatus.State, Double)]) -> Deployment {
    Deployment(
      id: SourceID(unchecked: id), repositoryID: SmallWorld.api, environment: environment, sha: SmallWorld.sha(9),
      createdAt: Date(timeIntervalSince1970: 0), updatedAt: Date(timeIntervalSince1970: 200),
      statuses: statuses.map { DeploymentStatus(state: $0, createdAt: Date(timeIntervalSince1970: $1)) })
  }
}

struct HistoryReplayTests {
  @Test func `a change is not counted as experience with its own files`() throws {
    let base = SmallWorld.commit(SmallWorld.api, 1, days: 30, parents: [], files: ["a"])
    let work = SmallWorld.commit(SmallWorld.api, 2, days: 12, parents: [1], files: ["a"])
    var merge = SmallWorld.commit(SmallWorld.api, 3, days: 10, parents: [1], files: ["a"])
    merge.parents = [base.sha, work.sha]
    #expect(try authorCommits(of: change(merge: merge.sha), in: [merge, work, base]) == 1)
  }

  @Test func `an open change is told everything that landed`() throws {
    let base = SmallWorld.commit(SmallWorld.api, 1, days: 30, parents: [], files: ["a"])
    let later = SmallWorld.commit(SmallWorld.api, 2, days: 2, parents: [1], files: ["a"])
    #expect(try authorCommits(of: change(merge: nil), in: [later, base]) == 2)
  }

  @Test func `nothing that lands after a change was closed is known to it`() throws {
    let base = SmallWorld.commit(SmallWorld.api, 1, days: 30, parents: [], files: ["a"])
    let later = SmallWorld.commit(SmallWorld.api, 2, days: 2, parents: [1], files: ["a"])
    var closed = change(merge: nil)
    closed.closedAt = SmallWorld.day(5)
    #expect(try authorCommits(of: closed, in: [later, base]) == 1)
  }

  private func change(merge: CommitID?) -> Change {
    Change(
      id: ChangeID(unchecked: "PR_1"), repositoryID: SmallWorld.api, number: 1, title: "", state: merge == nil ? .open : .merged,
      author: SmallWorld.login("ana"), createdAt: nil, updatedAt: SmallWorld.day(1),
      mergedAt: merge.map { _ in SmallWorld.day(10) },
      mergeSHA: merge, files: [ChangedFile(path: "a", status: .modified, additions: 1, deletions: 0)])
  }

  private func authorCommits(of change: Change, in commits: [Commit]) throws -> Int? {
    var replay = HistoryReplay(commits: commits, head: commits.first?.sha, incidents: [], decay: HistoryDecay())
    var found: Int?
    replay.evidence(for: [change], now: SmallWorld.now) { _, _, history in found = history.files.first?.authorCommits }
    return found
  }
}
