import KoalrCore
import Testing

struct RetentionTests {
  private typealias Sample = RetentionSample

  @Test func `every kind has exactly one rule`() {
    let ruled = RetentionRule.all.map(\.kind.rawValue)
    #expect(ruled.sorted() == StoreCounts.names.filter { $0 != StoreCounts.changeFile && $0 != StoreCounts.commitFile }.sorted())
  }

  /// Applied on day 100 to what is older than 90 days: day 9 is old, day 10 is not.
  private static let verdicts: [(any StoredRecord, Bool)] = [
    (Sample.change(.merged, updated: 9), true),
    (Sample.change(.merged, updated: 10), false),
    (Sample.change(.closed, updated: 9), true),
    (Sample.change(.merged, decided: 1, updated: 10), false),
    (Sample.change(.open, updated: 1), false),
    (Sample.commit(at: 9), true),
    (Sample.commit(at: 10), false),
    (Sample.deployment(at: 9), true),
    (Sample.deployment(at: 10), false),
    (Sample.issue(.closed, updated: 9), true),
    (Sample.issue(.closed, updated: 10), false),
    (Sample.issue(.open, updated: 9), false),
    (Sample.incident(from: 1, to: 9), true),
    (Sample.incident(from: 1, to: 10), false),
    (Sample.incident(from: 1, to: nil), false),
    (Sample.incident(from: 10, to: 1), false),
    (Sample.finding(.resolved, updated: 9), true),
    (Sample.finding(.resolved, updated: 10), false),
    (Sample.finding(.resolved, updated: 10, resolved: 1), false),
    (Sample.finding(.resolved, updated: nil, resolved: 9), true),
    (Sample.finding(.resolved, updated: nil), false),
    (Sample.finding(.open, updated: 1), false),
    (Sample.finding(.open, updated: nil), false),
    (LicenseIssue(finding: Sample.finding(.resolved, updated: 9).finding), true),
    (Sample.coverage("a", measured: 1), false),
    (Sample.ownershipEvent(from: 1, to: 9), true),
    (Sample.ownershipEvent(from: 1, to: 10), false),
    (Sample.ownershipEvent(from: 1, to: nil), false),
    (Sample.ownershipReport(checked: 1), false),
    (Sample.codeOwners(seen: 1), false),
    (Sample.assessment(), true),
    (Sample.assessment(.repository(Sample.repository)), false),
    (Sample.changeCoverage(), true),
    (Sample.dependencies(), true),
    (ActivitySummary(repositoryID: Sample.repository, day: "2001-01-01"), false),
    (SyncCheckpoint(scope: SourceID(unchecked: "s"), cursor: nil, complete: true, since: nil, time: Sample.day(0)), false),
    (Repository(id: Sample.repository, name: RepositoryName(unchecked: "a/b"), defaultBranch: nil, headSHA: nil), false),
  ]

  @Test(arguments: verdicts)
  func `what is settled and old goes, and nothing else`(record: any StoredRecord, goes: Bool) async throws {
    let store = try await Sample.store([record])
    let report = try await StoreRetention(store).apply(olderThan: 90, .drop, onDay: 100)
    #expect(try await Sample.contents(store).isEmpty == goes)
    #expect(report.total.removed == (goes ? 1 : 0))
    #expect(report.total.rolledUp == 0)
  }

  @Test func `a report counts what is open and old, kind by kind`() async throws {
    let store = try await Sample.store([
      Sample.change(.open, id: "1", updated: 9), Sample.change(.open, id: "2", updated: 10),
      Sample.change(.merged, id: "3", updated: 1),
      Sample.issue(.open, updated: 1), Sample.incident(from: 1, to: nil), Sample.finding(.open, updated: nil),
    ])
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    #expect(report[.change] == RetentionReport.Numbers(removed: 1, rolledUp: 1, keptOpen: 1))
    #expect(report.total == RetentionReport.Numbers(removed: 1, rolledUp: 1, keptOpen: 4))
    #expect(report[.repository] == RetentionReport.Numbers())
  }

  @Test func `the newest coverage of a repository stays, however old`() async throws {
    let store = try await Sample.store([
      Sample.coverage("a", measured: 1), Sample.coverage("b", measured: 2), Sample.coverage("c", measured: nil),
    ])
    try await Sample.write([Sample.coverage("d", measured: 1)], to: store, ConnectionID(unchecked: "other"))
    try await StoreRetention(store).apply(olderThan: 90, .drop, onDay: 100)
    let left = try await store.all(RecordQuery(RepositoryCoverage.self)).map { $0.sha.rawValue.prefix(1) }
    #expect(left == ["c", "d", "b"])
  }

  @Test func `a version of CODEOWNERS stays while it tells who owned what at a time that is kept`() async throws {
    let store = try await Sample.store([1, 5, 9, 10, 20].map(Sample.codeOwners))
    try await Sample.write([Sample.codeOwners(seen: 2)], to: store, ConnectionID(unchecked: "other"))
    let report = try await StoreRetention(store).apply(olderThan: 90, .rollUp, onDay: 100)
    let left = try await store.all(RecordQuery(CodeOwnersVersion.self)).map(\.seenAt)
    #expect(left == [2, 9, 10, 20].map(Sample.day))
    #expect(report[.codeOwnersVersion] == RetentionReport.Numbers(removed: 2))
  }

  @Test func `the newest ownership report of a repository stays, however old`() async throws {
    let store = try await Sample.store([Sample.ownershipReport(checked: 1), Sample.ownershipReport(checked: 2)])
    try await StoreRetention(store).apply(olderThan: 90, .drop, onDay: 100)
    #expect(try await store.all(RecordQuery(OwnershipReport.self)).map(\.checkedAt) == [Sample.day(2)])
  }

  @Test(arguments: [(Change.State.merged, 9, true), (.merged, 10, false), (.open, 9, false)])
  func `assessments and coverage of a change stay as long as it does`(
    state: Change.State, updated: Int, goes: Bool
  ) async throws {
    let store = try await Sample.store([Sample.change(state, updated: updated), Sample.assessment()])
    // Nothing in the store says that the code host's connection exists: the change has to be found all the same.
    try await Sample.write([Sample.changeCoverage()], to: store, ConnectionID(unchecked: "codecov"))
    let report = try await StoreRetention(store).apply(olderThan: 90, .drop, onDay: 100)
    #expect(report[.assessment].removed == (goes ? 1 : 0))
    #expect(report[.changeCoverage].removed == (goes ? 1 : 0))
    #expect(try await StoreSummary(store).counts().records == (goes ? 0 : 3))
  }

  @Test(arguments: [0, 1_000_000_000])
  func `any number of days will do`(days: Int) async throws {
    let store = try await Sample.store([Sample.commit(at: 0)])
    let report = try await StoreRetention(store).apply(olderThan: days, .drop, onDay: 1)
    #expect(report[.commit].removed == (days == 0 ? 1 : 0))
  }

  @Test func `a negative number of days is a mistake of the caller`() async {
    await #expect(processExitsWith: .failure) { _ = RetentionPolicy(olderThan: -1, action: .drop) }
  }
}
