import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct GitHubPlanTests {
  @Test(arguments: [(1, 30, 24), (2, 40, 12), (3, 16, 40)])
  func `what a run was expected to cost is within a fifth of what it costs`(
    seed: Int, repositories: Int, changes: Int
  ) async throws {
    let world = try await GitHubWorld(seed: seed, repositories: repositories, changes: changes)
    let gitHub = try world.gitHub()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: gitHub), store: .inMemory, clock: ManualClock(startingAt: world.now),
      observer: world.observer)
    let report = try await engine.run()
    let plan = try #require(report.plan)
    let measured = world.points
    #expect(abs(plan.total.points - measured) <= max(4, measured / 5), "planned \(plan.total.points), measured \(measured)")
    #expect(try await world.complaints() == [])
  }

  @Test func `a run that only plans asks for nothing but the test, the repositories and their counts`() async throws {
    let world = try await GitHubWorld()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: try world.gitHub()), store: .inMemory, options: SyncOptions(plansOnly: true),
      clock: ManualClock(startingAt: world.now), observer: world.observer)
    let report = try await engine.run()
    #expect(report.plan?.discovery.isEmpty == false)
    #expect(world.requests("graphql") == 4)
    #expect(report.isComplete)
  }

  @Test func `what the token is not shown is missing`() async throws {
    let world = try await GitHubWorld()
    let engine = SyncEngine(
      sources: SyncSources(codeHost: try world.gitHub("fine-grained-one-repository")), store: .inMemory,
      options: SyncOptions(plansOnly: true), clock: ManualClock(startingAt: world.now), observer: world.observer)
    let report = try await engine.run()
    let gap = try #require(report.gaps.first)
    #expect(gap.what.hasSuffix("repositories of acme") && gap.why.contains("give the token access to all repositories"))
    #expect(!report.isComplete)
  }
}
