import KoalrCore
import Testing

struct RollUpTests {
  private typealias Sample = RetentionSample

  private func summaries(_ store: some Store) async throws -> [ActivitySummary] {
    try await store.all(RecordQuery(ActivitySummary.self))
  }

  @Test func `a day's records become its numbers`() async throws {
    var merged = Sample.change(.merged, id: "1", decided: 1, updated: 2)
    (merged.createdAt, merged.additions, merged.deletions, merged.changedFiles) = (Sample.day(0), 10, 3, 2)
    merged.reviews = [.approved, .pending].map { Review(id: SourceID(unchecked: "V"), author: nil, state: $0, submittedAt: nil) }
    var files = Sample.change(.merged, id: "2", decided: 1, updated: 1)
    files.files = [ChangedFile(path: "a", status: .added, additions: 5, deletions: nil)]
    let store = try await Sample.store([
      merged, files, Sample.change(.closed, id: "3", decided: 1, updated: 4), Sample.commit(at: 1),
      Sample.deployment(id: "1", failed: true, at: 1), Sample.deployment(id: "2", at: 1),
      Sample.deployment(id: "3", to: "dev", at: 1),
      Sample.incident(from: 1, to: 2), Sample.issue(.closed, opened: 1, updated: 1),
      Sample.assessment(.change(ChangeID(unchecked: "1"))), Sample.assessment(.change(ChangeID(unchecked: "2")), score: 50),
      Sample.assessment(.change(ChangeID(unchecked: "3")), score: nil),
    ])
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    #expect(report.total == RetentionReport.Numbers(removed: 12, rolledUp: 12))
    var expected = ActivitySummary(repositoryID: Sample.repository, day: "2026-11-21")
    (expected.mergedChanges, expected.closedChanges) = (2, 1)
    expected.linesAdded = ActivitySummary.Total(sum: 15, count: 2)
    expected.linesDeleted = ActivitySummary.Total(sum: 3, count: 1)
    expected.files = ActivitySummary.Total(sum: 3, count: 2)
    expected.reviews = ActivitySummary.Total(sum: 1, count: 1)
    expected.leadTime = ActivitySummary.Total(sum: 86_400, count: 1)
    expected.commits = 1
    expected.deployments = [
      ActivitySummary.Deployments(environment: "dev", count: 1, failed: 0),
      ActivitySummary.Deployments(environment: "production", count: 2, failed: 1),
    ]
    expected.incidents = [
      ActivitySummary.Incidents(source: .revert, timeToRestore: ActivitySummary.Total(sum: 86_400, count: 1))
    ]
    (expected.issuesOpened, expected.issuesClosed) = (1, 1)
    expected.assessments = [
      ActivitySummary.Assessments(model: "m", band: nil, count: 1, score: nil),
      ActivitySummary.Assessments(model: "m", band: .medium, count: 2, score: ActivitySummary.Total(sum: 90, count: 2)),
    ]
    var found = try #require(try await summaries(store).first)
    #expect(found.counted.count == 13)
    found.counted = expected.counted
    #expect(found == expected)
    #expect(try await StoreSummary(store).counts().records == 1)
  }

  @Test func `a day is counted where it happened, and what is unknown is nil`() async throws {
    let store = try await Sample.store([
      Sample.change(.merged, decided: 1, updated: 5), Sample.issue(.closed, opened: 2, updated: 3),
    ])
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    let days = try await summaries(store)
    #expect(days.map(\.day) == ["2026-11-21", "2026-11-22", "2026-11-23"])
    #expect(days.map(\.mergedChanges) == [1, nil, nil])
    #expect(days.map(\.issuesOpened) == [nil, 1, nil])
    #expect(days.map(\.issuesClosed) == [nil, nil, 1])
    #expect(days.allSatisfy { $0.linesAdded == nil && $0.leadTime == nil && $0.deployments == nil && $0.assessments == nil })
  }

  @Test func `records that come back go again, leave no tombstone and are not counted twice`() async throws {
    let records: [any StoredRecord] = [
      Sample.change(.merged, decided: 1, updated: 2), Sample.commit(at: 1), Sample.deployment(at: 1),
      Sample.issue(.closed, updated: 1), Sample.incident(from: 1, to: 2), Sample.assessment(),
    ]
    let store = try await Sample.store(records)
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    let first = try await Sample.contents(store)
    try await Sample.write(records, to: store)
    #expect(try await StoreSummary(store).counts().records == first.count + records.count)
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    #expect(report.total == RetentionReport.Numbers(removed: records.count))
    #expect(try await Sample.contents(store) == first)
  }

  @Test func `a change that was commented on after it was counted is not counted again`() async throws {
    let store = try await Sample.store([Sample.change(.merged, decided: 1, updated: 2)])
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    try await Sample.write([Sample.change(.merged, decided: 1, updated: 150)], to: store)
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 300)
    #expect(report[.change] == RetentionReport.Numbers(removed: 1))
    #expect(try await summaries(store).map(\.mergedChanges) == [1])
  }

  @Test func `an older record that was never seen before is counted when it comes`() async throws {
    let store = try await Sample.store([Sample.commit(at: 5)])
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    try await Sample.write([Sample.commit(CommitID(unchecked: String(repeating: "c", count: 40)), at: 5)], to: store)
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 101)
    #expect(try await summaries(store).map(\.commits) == [2])
  }

  @Test func `an incident that lasted long is counted once it is over`() async throws {
    let store = try await Sample.store([Sample.incident(from: 1, to: nil), Sample.commit(at: 50)])
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 200)
    try await Sample.write([Sample.incident(from: 1, to: 201)], to: store)
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 300)
    #expect(report[.incident] == RetentionReport.Numbers(removed: 1, rolledUp: 1))
    #expect(try await summaries(store).first?.incidents?.first?.timeToRestore.sum == 200 * 86_400)
  }

  @Test func `summaries belong to the connection of what they count, and are forgotten with it`() async throws {
    let other = ConnectionID(unchecked: "other")
    let store = try await Sample.store([Sample.commit(at: 1)])
    try await Sample.write([Sample.commit(at: 1)], to: store, other)
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    #expect(try await summaries(store).map(\.commits) == [1, 1])
    #expect(try await store.forget(other) == 1)
    #expect(try await summaries(store).map(\.commits) == [1])
  }

  @Test func `numbers from outside never overflow, and a clock that was wrong is not negative time`() async throws {
    var change = Sample.change(.merged, id: "1", decided: 1, updated: 2)
    (change.additions, change.deletions, change.createdAt) = (.max, .min, Sample.day(2))
    var second = change
    second.id = ChangeID(unchecked: "2")
    (second.createdAt, second.mergedAt, second.closedAt) = (.distantPast, Date(timeIntervalSince1970: .infinity), Sample.day(1))
    let store = try await Sample.store([change, second])
    try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    let summary = try #require(try await summaries(store).first)
    #expect(summary.linesAdded == ActivitySummary.Total(sum: .max, count: 2))
    #expect(summary.linesDeleted == ActivitySummary.Total(sum: .min, count: 2))
    #expect(summary.leadTime == nil)
  }
}
