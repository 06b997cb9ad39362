import KoalrCore
import KoalrTesting
import Testing

/// What a run that goes on asks for again, and what it does not.
struct ResumeTests {
  private static let shop = RepositoryID(unchecked: SyncTrial.smallWorld["design-system"]?.repository.id.rawValue ?? "none")

  @Test(arguments: [
    (MockOperation.testCodeHost, true), (.repositories, true), (.people, true), (.incidents, true),
    (.testCoverage, true), (.measuredRepositories, true), (.testVulnerabilities, true),
    (.changes, false), (.deployments, false), (.issues, false), (.authors, false), (.history, false), (.historyBatch, false),
    (.coverage, false), (.changeCoverage, false), (.fileCoverage, false), (.findings, false),
  ])
  func `what was complete is not asked for again`(operation: MockOperation, isAsked: Bool) async throws {
    let store = InMemoryStore()
    try await SyncTrial.small().runUntilKilled(at: Self.writes(), over: store)
    let trial = SyncTrial.small(store)
    let report = try await trial.run()
    #expect(report.isComplete && report.resumedFrom == SampleOrganisation.now)
    #expect((trial.remote.callCount(operation) > 0) == isAsked)
  }

  @Test func `a list goes on from its place, after a look at its front`() async throws {
    let store = InMemoryStore()
    try await Self.cut(.changes, call: 4, store)
    let trial = SyncTrial.small(store)
    try await trial.run()
    let cursors = trial.remote.calls.filter { $0.operation == .changes && $0.repositories == [Self.shop] }.map(\.cursors)
    #expect(cursors.prefix(2) == [[nil], [Cursor("changes:4")]])
    #expect(!cursors.dropFirst().contains([nil]) && !cursors.contains([Cursor("changes:2")]))
  }

  @Test(arguments: [1, 2])
  func `a run that is cancelled at the front or right after it looks at it again`(call: Int) async throws {
    let store = InMemoryStore()
    try await Self.cut(.changes, call: 4, store)
    try await Self.cut(.changes, call: call, store)
    let trial = SyncTrial.small(store)
    try await trial.run()
    let cursors = trial.remote.calls.filter { $0.operation == .changes && $0.repositories == [Self.shop] }.map(\.cursors)
    #expect(cursors.prefix(2) == [[nil], [Cursor("changes:4")]])
  }

  @Test(arguments: [(MockOperation.changeCoverage, "changeCoverage:2"), (.findings, "findings:2")])
  func `coverage and findings go on from their place`(operation: MockOperation, place: String) async throws {
    let store = InMemoryStore()
    try await Self.cut(operation, call: 2, store)
    let trial = SyncTrial.small(store)
    try await trial.run()
    let cursors = trial.remote.calls.filter { $0.operation == operation }.flatMap(\.cursors)
    #expect(cursors.first == Cursor(place) && !cursors.contains(nil))
    if operation == .changeCoverage { #expect(trial.remote.callCount(.coverage) == 0) }
  }

  @Test(arguments: [
    (MockOperation.changes, "changes/\(shop)", "github"), (.changeCoverage, "coverage/\(shop)", "codecov"),
    (.findings, "findings", "snyk"),
  ])
  func `a place that the source refuses starts the list from its beginning`(
    operation: MockOperation, scope: String, connection: String
  ) async throws {
    let store = InMemoryStore()
    try await Self.cut(operation, call: operation == .changes ? 4 : 2, store)
    let connection = try ConnectionID(connection)
    var checkpoint = try #require(try await store.checkpoint(SourceID(unchecked: scope), connection: connection))
    #expect(checkpoint.cursor != nil)
    checkpoint.cursor = "of another version"
    var batch = StoreBatch(connection: connection)
    batch.checkpoint(checkpoint)
    try await store.write(batch)
    let report = try await SyncTrial.small(store).run()
    #expect(report.isComplete && report.resumedFrom != nil, "\(report.gaps)")
    try await Self.expectWhole(store)
  }

  @Test(arguments: [
    MockOperation.repositories, .people, .changes, .deployments, .issues, .authors, .history, .historyBatch,
    .measuredRepositories,
    .coverage, .changeCoverage, .fileCoverage, .findings, .incidents,
  ])
  func `what an interrupted run could not read is told again, or mended`(operation: MockOperation) async throws {
    let store = InMemoryStore()
    var failures = FailurePlan()
    let isAboutOne = ![.repositories, .people, .measuredRepositories, .findings, .incidents].contains(operation)
    if operation == .repositories {
      failures.fail(.repositories, call: 2, with: .forbidden)
    } else {
      failures.fail(operation, in: isAboutOne ? Self.shop : nil, with: .forbidden)
    }
    let first = SyncTrial.small()
    first.remote.setFailures(failures)
    let told = try await first.run()
    first.remote.forgetCalls()
    #expect(!told.isComplete)
    try await first.runUntilKilled(at: try await Self.writes(failures), over: store)

    let copy = InMemoryStore()
    try await store.copy(to: copy)
    var still = SyncTrial.small(copy)
    still.remote.setFailures(failures)
    let again = try await still.run()
    #expect(again.resumedFrom != nil && again.gaps == told.gaps)
    #expect(try await copy.lines() == first.store.lines())

    still = SyncTrial.small(store)
    let mended = try await still.run()
    #expect(mended.resumedFrom != nil && mended.isComplete, "\(mended.gaps)")
    try await Self.expectWhole(store)
  }

  @Test func `a change that was updated while the run lay still is found`() async throws {
    let store = InMemoryStore()
    try await Self.cut(.changes, call: 5, store)
    var world = SyncTrial.smallWorld
    let index = try #require(world.repositories.firstIndex { $0.repository.id == Self.shop })
    // The oldest change of the list moves from behind the place where reading stopped to the front.
    let changes = world.repositories[index].changes.sorted { $0.updatedAt < $1.updatedAt }
    let moved = try #require(changes.first { $0.updatedAt >= SampleOrganisation.now.addingTimeInterval(-20 * 86_400) })
    let place = try #require(world.repositories[index].changes.firstIndex(of: moved))
    world.repositories[index].changes[place].title = "Better"
    world.repositories[index].changes[place].updatedAt = SampleOrganisation.now.addingTimeInterval(60)
    try await SyncTrial.small(store, world: world).run()
    let found = try await store.record(Change.self, id: moved.recordID, connection: try ConnectionID("github"))
    #expect(found?.title == "Better")
  }

  @Test func `a repository that was pushed to while the run lay still has its history read again`() async throws {
    let store = InMemoryStore()
    try await SyncTrial.small().runUntilKilled(at: Self.writes(), over: store)
    var world = SyncTrial.smallWorld
    let index = try #require(world.repositories.firstIndex { $0.repository.id == Self.shop })
    var commit = try #require(world.repositories[index].commits.max { $0.committedAt < $1.committedAt })
    commit.parents = [commit.sha]
    commit.sha = CommitID(unchecked: String(repeating: "e", count: 40))
    world.repositories[index].commits.insert(commit, at: 0)
    world.repositories[index].repository.headSHA = commit.sha
    let trial = SyncTrial.small(store, world: world)
    try await trial.run()
    #expect(trial.remote.calls.filter { $0.operation == .history }.map(\.repositories) == [[Self.shop]])
    #expect(try await store.record(Commit.self, id: commit.recordID, connection: try ConnectionID("github")) != nil)
  }

  // MARK: Support

  /// Runs until a call that is cancelled.
  private static func cut(_ operation: MockOperation, call: Int, _ store: InMemoryStore) async throws {
    let trial = SyncTrial.small(store)
    var failures = FailurePlan()
    failures.cancel(operation, call: call, in: operation == .findings ? nil : shop)
    trial.remote.setFailures(failures)
    let report = try await trial.run()
    #expect(report.stopped)
  }

  /// How many writes a run has; the last one is the mark that says it came to its end.
  private static func writes(_ failures: FailurePlan = .none) async throws -> Int {
    let store = KillableStore(InMemoryStore())
    let trial = SyncTrial.small(store)
    trial.remote.setFailures(failures)
    try await trial.run()
    return store.writes
  }

  private static func expectWhole(_ store: InMemoryStore) async throws {
    let whole = SyncTrial.small()
    try await whole.run()
    let (lines, expected) = (try await store.lines(), try await whole.store.lines())
    #expect(lines == expected, "\(difference(lines, expected))")
  }
}
