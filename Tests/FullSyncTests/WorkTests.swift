#if SQLite
import Foundation
import PeerSupport
import Testing

/// What connecting leaves to do, and the command that does it.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct WorkTests {
  private func world() async throws -> ConnectionsWorld {
    try await ConnectionsWorld(own: try await Peers(repositories: 3, changes: 4))
  }

  @Test func `connecting leaves a sync that the next worker does once`() async throws {
    let world = try await world()
    try await world.addGitHub("Work")
    let worked = try await world.work()
    #expect(worked.exitCode == 0 && worked.standardError.contains("Syncing \"Work\"\n"), "\(worked.standardError)")
    let shown = try await world.run(["store", "show", "--json", "--store", world.folder.store()])
    #expect(shown.standardOutput.contains(#""repository":3"#), "\(shown.standardOutput)")
    let again = try await world.work()
    #expect(again.exitCode == 0 && !again.standardError.contains("Syncing"), "\(again.standardError)")
    let token = try #require(world.peers.ready.github.tokens["classic-everything"])
    #expect(try await world.connections("replace", "Work", "--token-stdin", input: token).exitCode == 0)
    #expect(try await world.work().standardError.contains("Syncing"))
    #expect(try await world.peers.complaints(world.peers.ready.github) == [])
  }

  @Test func `a connection stays when its webhook cannot be registered, and a retry by hand registers it`() async throws {
    let world = try await world()
    let gitHub = world.peers.ready.github
    _ = try await world.peers.control(
      gitHub, "/_peer/faults", post: #"{"kind": "status", "status": 404, "match": {"endpoint": "GET /orgs/{org}/hooks"}}"#)
    let receiver = try #require(gitHub.foreign)
    let added = try await world.connections(
      "add", "Work", "--service", "github", "--organization", "acme", "--token-stdin", "--webhook", receiver, "--url",
      gitHub.url, input: gitHub.tokens["classic-owner"])
    #expect(added.exitCode == 0 && added.standardOutput.contains("\n  acme  Failed  "), "\(added.standardOutput)")
    #expect(added.standardOutput.hasSuffix("  A sync waits in the queue; full-sync work does it.\n"))
    _ = try await world.peers.control(gitHub, "/_peer/reset", post: "{}")
    #expect(try await world.run(["webhooks", "retry", "Work", "--store", world.folder.store()]).exitCode == 0)
  }

  @Test func `a failed job is told and stays for later, and a removed connection leaves none`() async throws {
    let world = try await world()
    try await world.addGitHub("Work")
    _ = try await world.peers.control(
      world.peers.ready.github, "/_peer/faults", post: #"{"kind": "status", "status": 401}"#)
    let failed = try await world.work()
    #expect(failed.exitCode == 1 && failed.standardError.contains("koalr.sync failed and will be tried again: "))
    #expect(try await world.work().exitCode == 0)
    #expect(try await world.connections("remove", "Work", "--keep-data").exitCode == 0)
    let nothing = try await world.work()
    #expect(nothing.exitCode == 0 && nothing.standardError.isEmpty, "\(nothing.standardError)")
  }

  @Test func `without a store there is nothing to work on`() async throws {
    let outcome = try await FullSyncProgram.run(["work"], environment: [:])
    #expect(outcome.exitCode == 64 && outcome.standardError.contains("--store sqlite:FILE"), "\(outcome.standardError)")
  }
}
#endif
