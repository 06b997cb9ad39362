import KoalrCore
import KoalrTesting
import Testing

/// Which runs go on with an interrupted one, and which begin anew.
struct RunMarkTests {
  private static let now = SampleOrganisation.now
  private static let day: TimeInterval = 86_400

  @Test(arguments: [
    ("the same", SyncOptions(days: 20), true), ("another breadth", SyncOptions(days: 20, concurrency: 2), true),
    ("another window", SyncOptions(days: 21), false), ("fewer repositories", SyncOptions(days: 20, repositories: ["api"]), false),
  ])
  func `only a run with the same options goes on`(name: String, options: SyncOptions, goesOn: Bool) async throws {
    var trial = try await Self.interrupted()
    trial.options = options
    #expect(try await trial.run().resumedFrom == (goesOn ? Self.now : nil))
  }

  @Test func `names of repositories are the same in any order and case`() async throws {
    var trial = try await Self.interrupted(SyncOptions(repositories: ["legacy-billing", "acme/Experiments"]))
    trial.options = SyncOptions(repositories: ["ACME/experiments", "Legacy-Billing", "legacy-billing"])
    #expect(try await trial.run().resumedFrom == Self.now)
  }

  @Test(arguments: [(0, true), (3600, true), (day, true), (day + 1, false), (-1, false)])
  func `only a run that began in the last 24 hours is gone on with`(age: TimeInterval, goesOn: Bool) async throws {
    var trial = try await Self.interrupted()
    let later = Self.now.addingTimeInterval(age)
    trial.clock = StandingClock(at: later)
    let report = try await trial.run()
    #expect(report.resumedFrom == (goesOn ? Self.now : nil))
    #expect(report.now == (goesOn ? Self.now : later) && report.since == report.now.addingTimeInterval(-20 * Self.day))
  }

  @Test func `a run that goes on later ends with the same scores`() async throws {
    var trial = try await Self.interrupted()
    trial.clock = StandingClock(at: Self.now.addingTimeInterval(7200))
    try await trial.run()
    let whole = SyncTrial.small()
    try await whole.run()
    let (lines, expected) = (try await trial.store.lines(), try await whole.store.lines())
    // A checkpoint says when it was written.
    let isData: (String) -> Bool = { !$0.hasPrefix(#"{"kind":"checkpoint""#) }
    #expect(lines.filter(isData) == expected.filter(isData), "\(difference(lines.filter(isData), expected.filter(isData)))")
    #expect(lines.count == expected.count)
  }

  @Test func `after a run that came to its end the next one has a window of its own and asks for less`() async throws {
    let trial = SyncTrial.small()
    try await trial.run()
    let calls = trial.remote.callCount(.changes)
    let report = try await trial.run()
    #expect(report.resumedFrom == nil)
    #expect(trial.remote.callCount(.changes) < 2 * calls)
  }

  @Test func `a run that ended with gaps came to its end`() async throws {
    let trial = SyncTrial.small()
    trial.remote.setFailures(.outage(of: .snyk))
    #expect(try await trial.run().gaps.count == 1)
    trial.remote.setFailures(.none)
    let report = try await trial.run()
    #expect(report.resumedFrom == nil && report.isComplete)
    let mark = try await trial.store.checkpoint(SourceID(unchecked: "run"), connection: try ConnectionID("github"))
    #expect(mark?.complete == true && mark?.gaps == 0)
  }

  @Test func `a new run takes nothing of an older one for its own, and leaves nothing of it`() async throws {
    let interrupted = try await Self.interrupted()
    var world = SyncTrial.smallWorld
    let gone = try #require(world.repositories.first { $0.repository.name.name == "design-system" })
    world.repositories.removeAll { $0.repository.id == gone.repository.id }
    let isCheckpoint: (String) -> Bool = { $0.hasPrefix(#"{"kind":"checkpoint""#) }
    #expect(try await interrupted.store.lines().contains { isCheckpoint($0) && $0.contains(gone.repository.id.rawValue) })
    var other = SyncTrial.small(interrupted.store, world: world)
    var whole = SyncTrial.small(world: world)
    (other.options.days, whole.options.days) = (30, 30)
    #expect(try await other.run().isComplete)
    try await whole.run()
    #expect(try await other.store.lines().filter(isCheckpoint) == whole.store.lines().filter(isCheckpoint))
  }

  @Test func `a service that joins a run which goes on is read whole`() async throws {
    let store = InMemoryStore()
    try await SyncTrial.small(store).run()
    var trial = SyncTrial.small(store)
    let later = Self.now.addingTimeInterval(60)
    trial.clock = StandingClock(at: later)
    var failures = FailurePlan.outage(of: .codecov)
    failures.cancel(.issues, call: 1)
    trial.remote.setFailures(failures)
    #expect(try await trial.run().stopped)
    trial.remote.setFailures(.none)
    trial.remote.forgetCalls()
    #expect(try await trial.run().resumedFrom == later)
    #expect(trial.remote.callCount(.changeCoverage) > 0)
  }

  @Test func `a checkpoint of another window is not taken for this run's`() async throws {
    let trial = try await Self.interrupted()
    let scope = SourceID(unchecked: "findings")
    var batch = StoreBatch(connection: try ConnectionID("snyk"))
    batch.checkpoint(
      SyncCheckpoint(scope: scope, cursor: nil, complete: true, since: Self.now.addingTimeInterval(-5), time: Self.now))
    try await trial.store.write(batch)
    try await trial.run()
    #expect(trial.remote.callCount(.findings) > 0)
  }

  @Test func `progress says which run goes on`() async throws {
    let engine = try await Self.interrupted().engine
    async let report = engine.run()
    var resumed: [Date] = []
    for await step in engine.progress { if case .resumed(let from) = step { resumed.append(from) } }
    #expect(try await report.isComplete)
    #expect(resumed == [Self.now])
  }

  /// A trial over a store that a run was killed in, in the middle, with calls counted from here.
  private static func interrupted(_ options: SyncOptions = SyncOptions(days: 20)) async throws -> SyncTrial {
    let store = InMemoryStore()
    var trial = SyncTrial.small(store)
    trial.options = options
    try await trial.runUntilKilled(at: 24, over: store)
    trial.remote.forgetCalls()
    return trial
  }
}
