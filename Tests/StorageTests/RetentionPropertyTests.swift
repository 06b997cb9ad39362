import KoalrCore
import RecordSupport
import Testing

struct RetentionPropertyTests {
  private typealias Sample = RetentionSample

  private static let seeds: ClosedRange<UInt64> = 1...3

  @Test(arguments: RetentionPolicy.Action.allCases, seeds)
  func `applying twice changes nothing more`(action: RetentionPolicy.Action, seed: UInt64) async throws {
    let store = try await Sample.random(seed: seed)
    let first = try await StoreRetention(store, pageSize: 7).apply(olderThan: 10, action, onDay: 35)
    let contents = try await Sample.contents(store)
    let second = try await StoreRetention(store, pageSize: 7).apply(olderThan: 10, action, onDay: 35)
    #expect(first.total.removed > 80 && second.total.removed == 0)
    #expect(second.total.keptOpen == first.total.keptOpen)
    #expect(try await Sample.contents(store) == contents)
  }

  @Test(arguments: RetentionPolicy.Action.allCases, seeds)
  func `applying day by day is the same as applying once at the end`(
    action: RetentionPolicy.Action, seed: UInt64
  ) async throws {
    let (daily, once) = (try await Sample.random(seed: seed), try await Sample.random(seed: seed))
    var total = RetentionReport.Numbers()
    for day in 5...40 {
      let numbers = try await StoreRetention(daily, pageSize: 7).apply(olderThan: 10, action, onDay: day).total
      (total.removed, total.rolledUp) = (total.removed + numbers.removed, total.rolledUp + numbers.rolledUp)
    }
    let report = try await StoreRetention(once).apply(olderThan: 10, action, onDay: 40)
    #expect((total.removed, total.rolledUp) == (report.total.removed, report.total.rolledUp))
    #expect(try await Sample.contents(daily) == Sample.contents(once))
  }

  @Test(arguments: seeds)
  func `all summaries together count what a naive count of the removed records gives`(seed: UInt64) async throws {
    let (store, untouched) = (try await Sample.random(seed: seed), try await Sample.random(seed: seed))
    try await StoreRetention(store, pageSize: 7).apply(olderThan: 0, .rollUp, onDay: 30)
    let summaries = try await store.all(RecordQuery(ActivitySummary.self))
    func sum(_ number: (ActivitySummary) -> Int?) -> Int { summaries.reduce(0) { $0 + (number($1) ?? 0) } }
    let cutoff = Sample.day(30)
    let changes = try await untouched.all(RecordQuery(Change.self)).filter { $0.state != .open && $0.updatedAt < cutoff }
    let merged = changes.filter { $0.state == .merged }
    #expect(sum(\.mergedChanges) == merged.count && !merged.isEmpty)
    #expect(sum(\.closedChanges) == changes.count - merged.count)
    #expect(sum(\.reviews?.sum) == merged.reduce(0) { $0 + ($1.reviews ?? []).count { $0.state != .pending } })
    #expect(sum(\.commits) == (try await untouched.all(RecordQuery(Commit.self)).count { $0.committedAt < cutoff }))
    let deployments = try await untouched.all(RecordQuery(Deployment.self)).filter { $0.createdAt < cutoff }
    #expect(sum { $0.deployments?.reduce(0) { $0 + $1.count } } == deployments.count)
    let issues = try await untouched.all(RecordQuery(Ticket.self)).filter { $0.state == .closed && $0.updatedAt < cutoff }
    #expect(sum(\.issuesOpened) == issues.count && sum(\.issuesClosed) == issues.count)
    let incidents = try await untouched.all(RecordQuery(Incident.self)).filter { incident in
      incident.sameAs == nil && incident.resolvedAt.map { max($0, incident.startedAt) < cutoff } ?? false
    }
    #expect(sum { $0.incidents?.reduce(0) { $0 + $1.timeToRestore.count } } == incidents.count)
    #expect(sum(\.counted.count) > 0)
  }

  @Test(arguments: RetentionPolicy.Action.allCases, FailingStore.Moment.allCases)
  func `a run that fails at any write, before or after it, and goes on ends like one that never failed`(
    action: RetentionPolicy.Action, moment: FailingStore.Moment
  ) async throws {
    let smooth = FailingStore(try await Sample.random(seed: 7, records: 50), failing: moment)
    try await StoreRetention(smooth, pageSize: 7).apply(olderThan: 10, action, onDay: 35)
    let expected = try await Sample.contents(smooth)
    #expect(smooth.writes > 20)
    for write in 0..<smooth.writes {
      let store = FailingStore(try await Sample.random(seed: 7, records: 50), failing: moment)
      store.fail(after: write)
      await #expect(throws: StoreError.self) {
        try await StoreRetention(store, pageSize: 7).apply(olderThan: 10, action, onDay: 35)
      }
      try await StoreRetention(store, pageSize: 7).apply(olderThan: 10, action, onDay: 35)
      #expect(try await Sample.contents(store) == expected, "failing write \(write)")
    }
  }

  @Test func `nothing larger than a page is read or written at once`() async throws {
    let store = FailingStore(InMemoryStore(), failing: .before)
    for round in 0..<4 {
      let commits = (0..<500).map { number in
        let digits = String(round * 500 + number, radix: 16)
        return Sample.commit(CommitID(unchecked: String(repeating: "0", count: 40 - digits.utf8.count) + digits), at: 1)
      }
      try await Sample.write(commits, to: store)
    }
    let before = store.writes
    let report = try await StoreRetention(store).apply(olderThan: 1, .rollUp, onDay: 9)
    #expect(report[.commit] == RetentionReport.Numbers(removed: 2000, rolledUp: 2000))
    #expect(store.writes - before == 4)
    #expect(store.largest == 501)
    #expect(try await store.all(RecordQuery(ActivitySummary.self)).map(\.commits) == [2000])
  }
}
