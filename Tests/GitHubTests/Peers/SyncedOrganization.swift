import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport

/// What a whole sync leaves in its store, without history: that comes from git and asks GitHub nothing.
struct SyncedOrganization {
  let report: SyncReport
  let store: InMemoryStore

  init(_ world: GitHubWorld, _ gitHub: GitHubCodeHost) async throws {
    store = InMemoryStore()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: gitHub, history: NoHistory()), store: store, clock: StandingClock(at: world.now))
    report = try await engine.run()
  }

  /// What is missing, but for the commits, which nobody was asked for.
  var gaps: [SyncGap] { report.gaps.filter { !$0.what.contains(" commits of ") } }

  /// Every record of the kinds that come from GitHub, in words, by kind and id: two stores are equal when these are.
  func records() async throws -> [String: String] {
    var found: [String: String] = [:]
    try await take(Repository.self, into: &found)
    try await take(CodeOwnersSnapshot.self, into: &found)
    try await take(Change.self, into: &found)
    try await take(Deployment.self, into: &found)
    try await take(Issue.self, into: &found)
    try await take(Team.self, into: &found)
    try await take(Contributor.self, into: &found)
    return found
  }

  private func take<Record: StoredRecord>(_ type: Record.Type, into found: inout [String: String]) async throws {
    for record in try await store.all(RecordQuery(type)) { found["\(type) \(record.recordID)"] = String(reflecting: record) }
  }

  /// How the changes, deployments, issues and people differ from the truth.
  func differences(from world: GitHubWorld) async throws -> [String] {
    var comparison = TruthComparison(world.truth)
    // Files come from the history; the engine settles only those of changes that touch none.
    let changes = try await store.all(RecordQuery(Change.self)).map { change in
      var change = change
      change.files = nil
      return change
    }
    comparison.changes(Dictionary(grouping: changes, by: \.repositoryID))
    let deployments = try await store.all(RecordQuery(Deployment.self))
    comparison.deployments(Dictionary(grouping: deployments, by: \.repositoryID), since: world.since)
    comparison.issues(Dictionary(grouping: try await store.all(RecordQuery(Issue.self)), by: \.repositoryID), since: world.since)
    comparison.people(
      try await store.all(RecordQuery(Team.self)).map { .team($0) }
        + store.all(RecordQuery(Contributor.self)).map { .contributor($0) })
    return comparison.differences
  }
}

/// A history without commits.
private struct NoHistory: HistorySource {
  func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary { HistorySummary(headSHA: request.repository.headSHA) }
}
