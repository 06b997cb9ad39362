import KoalrCore
import KoalrTesting
import Testing

/// A run that is killed anywhere and started again ends with the store of one that was not.
struct KillTests {
  /// Small enough for every kill point, and with everything in it: lists of several pages, an empty repository, a quiet one.
  private static func trial(_ store: any Store = InMemoryStore()) -> SyncTrial { SyncTrial.small(store) }

  @Test(arguments: KillableStore.Moment.allCases)
  func `killed at any write and started again, it ends with the same store`(moment: KillableStore.Moment) async throws {
    let (expected, writes) = try await Self.uninterrupted(Self.trial())
    #expect(writes > 30)
    for write in 1...writes {
      let survivor = InMemoryStore()
      try await Self.trial().runUntilKilled(at: write, moment, over: survivor)
      let report = try await Self.trial(survivor).run()
      #expect(report.isComplete)
      let lines = try await survivor.data()
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  @Test func `the whole sample, killed at some writes, ends with the same store`() async throws {
    let (expected, writes) = try await Self.uninterrupted(SyncTrial(SampleOrganisation.world))
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<6 {
      let (write, moment) = (
        Int.random(in: 1...writes, using: &generator), KillableStore.Moment.allCases.randomElement(using: &generator)
      )
      let survivor = InMemoryStore()
      try await SyncTrial(SampleOrganisation.world).runUntilKilled(at: write, try #require(moment), over: survivor)
      try await SyncTrial(SampleOrganisation.world, store: survivor).run()
      let lines = try await survivor.data()
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  @Test func `killed again and again while it goes on, it ends with the same store`() async throws {
    let (expected, writes) = try await Self.uninterrupted(Self.trial())
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<12 {
      let survivor = InMemoryStore()
      var kills: [Int] = []
      for _ in 0..<Int.random(in: 2...5, using: &generator) {
        kills.append(Int.random(in: 1...writes, using: &generator))
        try await Self.trial().runUntilKilled(at: kills[kills.count - 1], .before, over: survivor)
      }
      try await Self.trial(survivor).run()
      let lines = try await survivor.data()
      #expect(lines == expected, "writes \(kills): \(difference(lines, expected))")
    }
  }

  @Test(arguments: [MockOperation.changes, .history, .fileCoverage])
  func `killed while it mends what a killed run could not read, it ends with the same store`(operation: MockOperation)
    async throws
  {
    let (expected, writes) = try await Self.uninterrupted(Self.trial())
    let shop = try #require(SyncTrial.smallWorld["design-system"]).repository.id
    let broken = Self.trial()
    var failures = FailurePlan()
    failures.fail(operation, in: shop, with: .forbidden)
    broken.remote.setFailures(failures)
    let whole = try await Self.uninterrupted(broken).writes
    let cut = InMemoryStore()
    try await broken.runUntilKilled(at: whole, over: cut)
    for write in stride(from: 8, through: writes / 2, by: 2) {
      let survivor = InMemoryStore()
      try await cut.copy(to: survivor)
      try await Self.trial().runUntilKilled(at: write, .after, over: survivor)
      let report = try await Self.trial(survivor).run()
      #expect(report.isComplete)
      let lines = try await survivor.data()
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  @Test func `killed in a second run at the same time, it takes nothing of the first for its own`() async throws {
    var world = SyncTrial.smallWorld
    for index in world.repositories.indices { world.repositories[index].coverage?.newest.percent = 12.5 }
    for index in world.repositories.indices {
      world.repositories[index].findings = world.repositories[index].findings.map { finding in
        guard case .vulnerability(var vulnerability) = finding else { return finding }
        vulnerability.finding.title = "12.5 again"
        return .vulnerability(vulnerability)
      }
    }
    let finished = InMemoryStore()
    try await Self.trial(finished).run()
    let whole = InMemoryStore()
    try await finished.copy(to: whole)
    let store = KillableStore(whole)
    try await SyncTrial.small(store, world: world).run()
    let expected = try await whole.data()
    #expect(expected.contains { $0.contains(":12.5") } && expected.contains { $0.contains("12.5 again") })
    for write in Array(1...9) + [store.writes / 2, store.writes - 1, store.writes] {
      let survivor = InMemoryStore()
      try await finished.copy(to: survivor)
      try await SyncTrial.small(world: world).runUntilKilled(at: write, .after, over: survivor)
      try await SyncTrial.small(survivor, world: world).run()
      let lines = try await survivor.data()
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  @Test(arguments: MockOperation.allCases.filter { ![.notify, .fileList].contains($0) && !$0.rawValue.hasSuffix("Again") })
  func `cancelled at any call, it ends with the same store`(operation: MockOperation) async throws {
    let whole = Self.trial()
    try await whole.run()
    let expected = try await whole.store.data()
    let calls = whole.remote.callCount(operation)
    #expect(calls > 0)
    for call in Set([1, calls]) {
      let store = InMemoryStore()
      let cut = Self.trial(store)
      var failures = FailurePlan()
      failures.cancel(operation, call: call)
      cut.remote.setFailures(failures)
      let report = try await cut.run()
      #expect(report.stopped && !report.isComplete)
      try await Self.trial(store).run()
      let lines = try await store.data()
      #expect(lines == expected, "call \(call): \(difference(lines, expected))")
    }
  }

  @Test(arguments: KillableStore.Moment.allCases)
  func `a run that asks only for what changed, killed at any write, ends with the store of a first one`(
    moment: KillableStore.Moment
  ) async throws {
    let finished = InMemoryStore()
    try await Self.trial(finished).run()
    let later = SampleOrganisation.now.addingTimeInterval(3600)
    let world = Self.changed(SyncTrial.smallWorld, at: later)
    var fresh = SyncTrial.small(world: world)
    fresh.clock = StandingClock(at: later)
    try await fresh.run()
    let expected = try await fresh.store.data().withoutTests
    let whole = InMemoryStore()
    try await finished.copy(to: whole)
    let counting = KillableStore(whole)
    fresh.store = counting
    try await fresh.run()
    let found = try await whole.data().withoutTests
    #expect(found == expected, "\(difference(found, expected))")
    for write in 1...counting.writes {
      let survivor = InMemoryStore()
      try await finished.copy(to: survivor)
      try await fresh.runUntilKilled(at: write, moment, over: survivor)
      fresh.store = survivor
      try await fresh.run()
      let lines = try await survivor.data().withoutTests
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  /// Something of everything: a change with other checks, a closed one, one that is gone, a deployment that moved, a new ticket.
  private static func changed(_ world: MockWorld, at time: Date) -> MockWorld {
    var world = world
    for index in world.repositories.indices {
      let open = world.repositories[index].changes.indices.filter { world.repositories[index].changes[$0].state == .open }
      if let first = open.first {
        world.repositories[index].changes[first].checks = [Check(name: "late", conclusion: "failure", completedAt: time)]
      }
      if open.count > 1 {
        let closed = open[1]
        world.repositories[index].changes[closed].state = .closed
        world.repositories[index].changes[closed].closedAt = time
        world.repositories[index].changes[closed].updatedAt = time
        world.repositories[index].repository.newestChangeAt = time
      }
      if var issue = world.repositories[index].issues.first {
        (issue.title, issue.updatedAt) = ("Better", time)
        world.repositories[index].issues[0] = issue
      }
      if let live = world.repositories[index].deployments.firstIndex(where: { $0.statuses.last?.state == .success }) {
        world.repositories[index].deployments[live].statuses.append(DeploymentStatus(state: .inactive, createdAt: time))
        world.repositories[index].deployments[live].updatedAt = time
      }
    }
    return world
  }

  @Test func `killed anywhere, it tells every gap that a run without a kill tells`() async throws {
    var failures = FailurePlan()
    let shop = try #require(SyncTrial.smallWorld["design-system"]).repository.id
    let billing = try #require(SyncTrial.smallWorld["legacy-billing"]).repository.id
    failures.fail(.fileCoverage, in: shop, with: .unavailable)
    failures.fail(.issues, in: shop, with: .forbidden)
    failures.fail(.history, in: billing, with: .forbidden)
    failures.fail(.authors, in: shop, with: .forbidden)
    let whole = Self.trial()
    whole.remote.setFailures(failures)
    let told = try await whole.run()
    #expect(told.gaps.count >= 4)
    let (_, writes) = try await Self.uninterrupted(whole)
    let expected = try await whole.store.data()
    for write in stride(from: 1, through: writes, by: 5) {
      let survivor = InMemoryStore()
      var trial = Self.trial()
      trial.remote.setFailures(failures)
      try await trial.runUntilKilled(at: write, over: survivor)
      trial.store = survivor
      let report = try await trial.run()
      #expect(Set(report.gaps) == Set(told.gaps), "write \(write)")
      let lines = try await survivor.data()
      #expect(lines == expected, "write \(write): \(difference(lines, expected))")
    }
  }

  private static func uninterrupted(_ trial: SyncTrial) async throws -> (lines: [String], writes: Int) {
    var trial = trial
    let survivor = InMemoryStore()
    let store = KillableStore(survivor)
    trial.store = store
    try await trial.run()
    return (try await survivor.data(), store.writes)
  }
}
