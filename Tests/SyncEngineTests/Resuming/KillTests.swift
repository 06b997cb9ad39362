import KoalrCore
import KoalrTesting
import Testing

/// A run that is killed anywhere and started again ends with the store of one that was not.
struct KillTests {
  @Test func measure() async throws {
    for (world, e, q) in [(SampleOrganisation.world, 25, 8), (SampleOrganisation.world, 3, 2)] {
      let survivor = InMemoryStore()
      let store = KillableStore(survivor)
      let clock = ContinuousClock()
      var report: SyncReport?
      let t = try await clock.measure { report = try await SyncTrial(world, store: store, elements: e, questions: q).run() }
      let lines = try await survivor.lines()
      let s2 = InMemoryStore()
      let t3 = try await clock.measure { try await SyncTrial(world, elements: e, questions: q).runUntilKilled(at: store.writes / 2, over: s2)}
      var report2: SyncReport?
      let t2 = try await clock.measure { report2 = try await SyncTrial(world, store: s2, elements: e, questions: q).run() }
      let l2 = try await s2.lines()
      print("MEASURE", store.writes, t, t2, t3, report?.gaps.count as Any, report2?.resumedFrom as Any, lines.count, l2 == lines, difference(l2, lines))
    }
  }
}
