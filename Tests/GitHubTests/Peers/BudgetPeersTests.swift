import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct BudgetPeersTests {
  @Test func `an hourly budget that ends in the middle is waited for, and the run ends complete`() async throws {
    // The whole hour lasts a second here, so the machine's own clock can be used.
    let world = try await GitHubWorld(repositories: 6, changes: 13, ["--graphql-limit", "11", "--window-s", "1"])
    let gitHub = try world.gitHub(clock: StandingClock(at: world.now))
    let synced = try await SyncedOrganization(world, gitHub)
    #expect(synced.gaps == [])
    let differences = try await synced.differences(from: world)
    #expect(differences == [])
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [["--no-rate-limits"], ["--enterprise"]])
  func `a server without limits is never waited for`(options: [String]) async throws {
    let world = try await GitHubWorld(repositories: 4, changes: 13, options)
    let clock = ManualClock(startingAt: world.now, skipsSleep: true)
    let synced = try await SyncedOrganization(world, try world.gitHub(clock: clock))
    #expect(synced.gaps == [])
    #expect(clock.skippedSleeps == [])
  }

  @Test func `what GitHub confirms with 304 costs no budget`() async throws {
    let world = try await GitHubWorld(repositories: 2, changes: 2)
    let gitHub = try world.gitHub()
    let first = try await gitHub.testConnection()
    let second = try await gitHub.testConnection()
    #expect(first.account == second.account && first.status == second.status)
    let log = String(decoding: try await world.peers.control(world.service, "/_peer/log"), as: UTF8.self)
    #expect(log.contains(#""304": 1"#) || log.contains(#""304":1"#), "\(log)")
    #expect(try await world.complaints() == [])
  }
}
