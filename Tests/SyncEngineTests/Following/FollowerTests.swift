import Foundation
import KoalrCore
import KoalrTesting
import Testing

struct FollowerTests {
  @Test(arguments: Happening.all)
  func `after every kind of event the store is that of a new sync`(_ happening: Happening) async throws {
    let trial = try await FollowTrial()
    var events: [HostEvent] = []
    trial.remote.update { events = happening.happen(&$0) }
    #expect(try await !trial.divergence().isEmpty, "nothing happened")
    try await trial.deliver(events)
    let counts = try await trial.follow()
    #expect(counts.applied == events.count && counts.postponed == 0)
    let divergence = try await trial.divergence()
    #expect(divergence == "")
  }

  @Test func `all of it at once, twice and backwards, ends the same`() async throws {
    let trial = try await FollowTrial(elements: 3)
    var events: [HostEvent] = []
    trial.remote.update { world in
      for happening in Happening.all { events += happening.happen(&world) }
    }
    try await trial.deliver(events.reversed() + events)
    try await trial.follow()
    let first = try await trial.divergence()
    #expect(first == "")
    try await trial.deliver(events.map { HostEvent.test($0.subjects, like: $0) })
    try await trial.follow()
    let second = try await trial.divergence()
    #expect(second == "")
  }

  @Test func `a burst about one change is one question`() async throws {
    let trial = try await FollowTrial()
    var events: [HostEvent] = []
    trial.remote.update { world in
      for label in 1...50 { events += Happening.change(&world) { $0.labels = ["\(label)"] } }
    }
    try await trial.deliver(events)
    #expect(try await trial.follow().applied == 50)
    #expect(trial.remote.calls.count == 1 && trial.remote.callCount(.changesAgain) == 1)
    #expect(try await trial.divergence() == "")
  }

  @Test func `an event that is older than what is stored asks nothing`() async throws {
    let trial = try await FollowTrial()
    let repository = try #require(trial.remote.world.repositories.first { !$0.deployments.isEmpty && !$0.issues.isEmpty })
    let (change, deployment, issue) = (repository.changes[0], repository.deployments[0], repository.issues[0])
    try await trial.deliver([
      .test([.change(change.id)], in: repository, version: change.updatedAt.addingTimeInterval(-1)),
      .test([.deployment(deployment.id)], in: repository, version: deployment.updatedAt.addingTimeInterval(-1)),
      .test([.ticket(issue.id)], in: repository, version: issue.updatedAt.addingTimeInterval(-1)),
      .test([.branch("main", before: nil, after: repository.repository.headSHA, forced: false)], in: repository),
      .test([.checks(Happening.sha(99))], in: repository), .test([.hook], in: nil),
    ])
    let counts = try await trial.follow()
    #expect(counts.upToDate == 5 && counts.applied == 1)
    #expect(trial.remote.calls.isEmpty)
  }

  @Test func `an event of the same second asks, because it may tell of something later`() async throws {
    let trial = try await FollowTrial()
    let repository = try #require(trial.remote.world.repositories.first { !$0.changes.isEmpty })
    try await trial.deliver([.test([.change(repository.changes[0].id)], in: repository, version: repository.changes[0].updatedAt)]
    )
    #expect(try await trial.follow().applied == 1)
    #expect(trial.remote.callCount(.changesAgain) == 1)
  }

  @Test func `what is gone leaves a tombstone, and a late event cannot bring it back`() async throws {
    let trial = try await FollowTrial()
    let index = Happening.busy(trial.remote.world)
    let gone = trial.remote.world.repositories[index]
    let change = Happening.open(gone)
    trial.remote.update { $0.repositories[index].changes.removeAll { $0.id == change.id } }
    try await trial.deliver([.test([.change(change.id)], in: gone)])
    try await trial.follow()
    #expect(try await trial.store.record(Change.self, id: change.recordID, connection: FollowTrial.connection) == nil)
    trial.remote.update { $0.repositories.remove(at: index) }
    for subject in [HostEvent.Subject.repository, .change(change.id)] {
      try await trial.deliver([.test([subject], in: gone)])
      try await trial.follow()
      let id = RecordID(unchecked: gone.repository.id.rawValue)
      #expect(try await trial.store.record(Repository.self, id: id, connection: FollowTrial.connection) == nil)
      #expect(try await trial.store.record(CodeOwnersSnapshot.self, id: id, connection: FollowTrial.connection) == nil)
    }
  }

  @Test func `a repository that nobody asked for stays unknown`() async throws {
    let trial = try await FollowTrial()
    var options = SyncOptions()
    options.repositories = ["acme/design-system"]
    let follower = try Follower(
      sources: FollowTrial.sources(trial.remote), store: trial.store, queue: trial.queue, connection: FollowTrial.connection,
      options: options, clock: trial.clock)
    let other = try #require(SampleOrganisation.world.repositories.first { trial.remote.world[$0.repository.id] == nil })
    trial.remote.update { $0.repositories.append(other) }
    try await trial.deliver([.test([.repository], in: other)])
    try await follower.followWaiting()
    let id = RecordID(unchecked: other.repository.id.rawValue)
    #expect(try await trial.store.record(Repository.self, id: id, connection: FollowTrial.connection) == nil)
  }

  @Test func `the time of the newest event is kept`() async throws {
    let trial = try await FollowTrial()
    #expect(try await trial.store.checkpoint(.events, connection: FollowTrial.connection) == nil)
    trial.clock.advance(by: .seconds(60))
    try await trial.deliver([.test([.hook], in: nil)])
    try await trial.follow()
    #expect(try await trial.store.checkpoint(.events, connection: FollowTrial.connection)?.time == trial.clock.now())
    let time = trial.clock.now()
    trial.clock.advance(by: .seconds(60))
    #expect(try await FollowTrial.sync(trial.remote, into: trial.store, trial.clock))
    #expect(try await trial.store.checkpoint(.events, connection: FollowTrial.connection)?.time == time, "a sync forgot it")
  }
}

extension HostEvent {
  fileprivate static func test(_ subjects: [Subject], like event: HostEvent) -> HostEvent {
    var event = event
    event.delivery = SourceID(unchecked: "again \(event.delivery)")
    return event
  }
}
