import KoalrCore
import KoalrTesting
import Testing

/// Every repository gets a certificate of what is stored against what its host counts.
struct CertificateTests {
  @Test func `a whole run certifies every repository as complete`() async throws {
    let trial = SyncTrial.small()
    let report = try await trial.run()
    #expect(report.isComplete && report.certificates.count == SyncTrial.smallWorld.repositories.count)
    #expect(!report.certificates.contains { !$0.isComplete })
    let stored = try await trial.store.all(RecordQuery(Certificate.self))
    #expect(Set(stored) == Set(report.certificates))
    let changes = stored.flatMap(\.parts).filter { $0.name == "changes" }
    #expect(changes.allSatisfy { $0.expected == $0.stored } && changes.contains { $0.stored > 0 })
    let commits = stored.flatMap(\.parts).filter { $0.name == "commits" }
    #expect(commits.allSatisfy { $0.expected == nil && $0.reasons == ["the host does not count the commits of a window"] })
  }

  @Test func `what cannot be read is in its repository's certificate, and why`() async throws {
    let trial = SyncTrial.small()
    let shop = try #require(SyncTrial.smallWorld["design-system"]).repository
    var failures = FailurePlan()
    failures.fail(.issues, in: shop.id, with: .forbidden)
    trial.remote.setFailures(failures)
    let report = try await trial.run()
    let incomplete = report.certificates.filter { !$0.isComplete }
    #expect(!report.isComplete && incomplete.map(\.repositoryID) == [shop.id])
    let issues = try #require(incomplete.first?.parts.first { $0.name == "issues" })
    #expect(issues.truncated && issues.unreachable >= 1 && issues.stored == 0)
    #expect(issues.reasons.first == "issues of acme/design-system: the test's failure plan says so")
  }

  @Test func `what a list loses while it is paged is found by the count`() async throws {
    let trial = SyncTrial.small()
    let world = SyncTrial.smallWorld
    let shop = try #require(world["design-system"]).repository.id
    let remote = trial.remote
    var failures = FailurePlan()
    // Call 1 is the fast path's. While the second page is asked for, the newest change is hidden, and the next ones move up.
    failures.perform(at: .changes, call: 3, in: shop) {
      remote.update { world in
        guard let index = world.repositories.firstIndex(where: { $0.repository.id == shop }) else { return }
        let newest = world.repositories[index].changes.max { $0.updatedAt < $1.updatedAt }
        world.repositories[index].changes.removeAll { $0.id == newest?.id }
      }
    }
    failures.perform(at: .changes, call: 4, in: shop) { remote.update { $0 = world } }
    trial.remote.setFailures(failures)
    let report = try await trial.run()
    #expect(report.isComplete, "\(report.gaps)")
    let whole = SyncTrial.small()
    try await whole.run()
    let (lines, expected) = (try await trial.store.data(), try await whole.store.data())
    #expect(lines == expected, "\(difference(lines, expected))")
  }

  @Test func `a ticket that was deleted goes, and nothing else is asked again`() async throws {
    let trial = SyncTrial.small()
    try await trial.run()
    var world = SyncTrial.smallWorld
    let index = try #require(world.repositories.firstIndex { $0.repository.name.name == "design-system" })
    let since = SampleOrganisation.now.addingTimeInterval(-20 * 86_400)
    let gone = try #require(world.repositories[index].issues.first { $0.updatedAt >= since })
    world.repositories[index].issues.removeAll { $0.id == gone.id }
    var second = SyncTrial.small(trial.store, world: world)
    second.clock = StandingClock(at: SampleOrganisation.now.addingTimeInterval(3600))
    #expect(try await second.run().isComplete)
    #expect(try await trial.store.record(KoalrCore.Issue.self, id: gone.recordID, connection: try ConnectionID("github")) == nil)
  }
}
