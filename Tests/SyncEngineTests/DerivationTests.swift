import KoalrCore
import Testing

@testable import KoalrSyncEngine

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

  @Test func `an incident with several reports is one failure`() throws {
    let bad = SmallWorld.commit(SmallWorld.api, 1, days: 30, parents: [], files: ["a"])
    let next = SmallWorld.commit(SmallWorld.api, 2, days: 20, parents: [1], files: ["b"])
    let ticket = incident(.issue, "I1", day: 29, confidence: 0.9, cause: bad.sha)
    var deployment = incident(.deployment, "D1", day: 29, confidence: 0.4, cause: bad.sha)
    #expect(failures([ticket, deployment], in: [next, bad]) == 2)
    deployment.sameAs = ticket.id
    #expect(failures([ticket, deployment], in: [next, bad]) == 1)
  }

  @Test func `what could not be carried out is no failure of the work`() throws {
    let bad = SmallWorld.commit(SmallWorld.api, 1, days: 30, parents: [], files: ["a"])
    let next = SmallWorld.commit(SmallWorld.api, 2, days: 20, parents: [1], files: ["b"])
    #expect(failures([incident(.deployment, "D1", day: 29, confidence: 0.2, cause: bad.sha)], in: [next, bad]) == 0)
  }

  private func incident(
    _ source: IncidentID.Source, _ id: String, day: Double, confidence: Double, cause: CommitID
  ) -> Incident {
    Incident(
      id: IncidentID(source: source, id: id), repositoryID: SmallWorld.api, title: "", startedAt: SmallWorld.day(day),
      resolvedAt: nil, confidence: confidence, causeSHA: cause)
  }

  private func failures(_ incidents: [Incident], in commits: [Commit]) -> Int? {
    var replay = HistoryReplay(commits: commits, head: commits.first?.sha, incidents: incidents, decay: HistoryDecay())
    var found: Int?
    replay.evidence(for: [change(merge: nil)], now: SmallWorld.now) { _, _, history in
      found = history.failures.value?.repositoryFailures
    }
    return found
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
