import Foundation
import KoalrCore
import KoalrTesting
import Testing

struct FollowerFailureTests {
  /// Operations on the way of a synchronised change, each of which may fail.
  @Test(arguments: [MockOperation.changesAgain, .history, .historyBatch])
  func `what fails comes again after a pause, and then ends well`(operation: MockOperation) async throws {
    let trial = try await FollowTrial()
    var plan = FailurePlan.none
    plan.fail(operation, call: 1, with: .unavailable)
    plan.fail(operation, call: 2, with: .unavailable)
    try await Self.synchronise(trial, plan)
    #expect(try await trial.follow() == FollowCounts.test(postponed: 1))
    #expect(try await trial.queue.counts().delayed == 1)
    trial.remote.setFailures(.none)
    trial.clock.advance(by: .seconds(1))
    #expect(try await trial.follow() == FollowCounts.test(applied: 1, postponed: 1))
    let divergence = try await trial.divergence(apartFrom: "assessment")
    #expect(divergence == "")
  }

  @Test func `a repository that fails does not hold up the others`() async throws {
    let trial = try await FollowTrial()
    let changed = trial.remote.world.repositories.filter { !$0.changes.isEmpty }.prefix(2)
    try #require(changed.count == 2)
    var plan = FailurePlan.none
    plan.fail(.changesAgain, in: changed[changed.startIndex].repository.id, with: .unavailable)
    trial.remote.setFailures(plan)
    try await trial.deliver(changed.map { .test([.change($0.changes[0].id)], in: $0) })
    #expect(try await trial.follow() == FollowCounts.test(applied: 1, postponed: 1))
  }

  @Test func `what never works is given up, with the reason among the dead letters`() async throws {
    let trial = try await FollowTrial()
    var plan = FailurePlan.none
    plan.fail(.changesAgain, with: .unavailable)
    try await Self.synchronise(trial, plan)
    while try await trial.queue.counts().dead == 0 {
      try await trial.follow()
      trial.clock.advance(by: .seconds(300))
    }
    #expect(trial.follower.counts == FollowCounts.test(postponed: 19, givenUp: 1))
    let letter = try #require(try await trial.queue.deadLetters(limit: 1).first)
    #expect(letter.reason == "github: could not changesAgain: the test's failure plan says so")
  }

  @Test func `a service that names a time is asked then`() async throws {
    let trial = try await FollowTrial()
    var plan = FailurePlan.none
    plan.fail(
      .changesAgain, call: 1,
      with: IntegrationError(
        .rateLimited, service: .gitHub, operation: "look", reason: "the budget is spent", retry: .after(.seconds(900))))
    try await Self.synchronise(trial, plan)
    try await trial.follow()
    trial.clock.advance(by: .seconds(899))
    try await trial.follow()
    #expect(trial.remote.callCount(.changesAgain) == 1)
    trial.clock.advance(by: .seconds(1))
    #expect(try await trial.follow().applied == 1)
  }

  @Test func `a worker that dies leaves its events to the next one, who does all of it`() async throws {
    let trial = try await FollowTrial()
    try await Self.synchronise(trial, .none)
    _ = try await trial.queue.claim(limit: 10, lease: .seconds(300), worker: "died")
    #expect(try await trial.follower.followWaiting() == 0)
    trial.clock.advance(by: .seconds(300))
    #expect(try await trial.follow().applied == 1)
    let divergence = try await trial.divergence(apartFrom: "assessment")
    #expect(divergence == "")
  }

  @Test func `events of other connections and jobs of other kinds are left alone`() async throws {
    let trial = try await FollowTrial()
    try await trial.queue.enqueue(NewJob(kind: "sync"))
    let receiver = WebhookReceiver(
      reader: EventsReader(events: [.test([.hook], in: nil)]), queue: trial.queue, connection: ConnectionID(unchecked: "other"))
    _ = await receiver.handle(headers: ["index": "0"], body: Data())
    #expect(try await trial.follow() == FollowCounts())
    #expect(try await trial.queue.counts() == JobCounts(due: 2))
  }

  @Test func `stopping in the middle gives the events back`() async throws {
    let trial = try await FollowTrial()
    let (begun, signal) = AsyncStream<Void>.makeStream()
    var plan = FailurePlan.none
    plan.perform(at: .changesAgain, call: 1) {
      signal.yield()
      await #expect(throws: CancellationError.self) { try await trial.clock.sleep(for: .seconds(9_999)) }
    }
    try await Self.synchronise(trial, plan)
    let run = Task { try await trial.follower.run() }
    for await _ in begun { break }
    run.cancel()
    try await run.value
    let counts = try await trial.queue.counts()
    #expect(counts.claimed == 0)
    trial.remote.setFailures(.none)
    trial.clock.advance(by: .seconds(60))
    try await trial.follow()
    let divergence = try await trial.divergence(apartFrom: "assessment")
    #expect(divergence == "")
  }

  @Test func `a code host that cannot be asked for single things cannot be followed`() throws {
    let remote = MockRemote(MockWorld())
    var sources = FollowTrial.sources(remote)
    sources.items = nil
    #expect(throws: SyncError.self) {
      try Follower(
        sources: sources, store: InMemoryStore(), queue: InMemoryJobQueue(), connection: ConnectionID(unchecked: "github"))
    }
  }

  private static func synchronise(_ trial: FollowTrial, _ plan: FailurePlan) async throws {
    var events: [HostEvent] = []
    trial.remote.update { world in
      events = Happening.change(&world) { change in
        change.headSHA = Happening.sha(9)
        change.files = [ChangedFile(path: "Sources/New.swift", status: .added, additions: 900, deletions: 0)]
      }
    }
    trial.remote.setFailures(plan)
    try await trial.deliver(events)
  }
}

extension FollowCounts {
  fileprivate static func test(applied: Int = 0, postponed: Int = 0, givenUp: Int = 0) -> Self {
    var counts = FollowCounts()
    (counts.applied, counts.postponed, counts.givenUp) = (applied, postponed, givenUp)
    return counts
  }
}
