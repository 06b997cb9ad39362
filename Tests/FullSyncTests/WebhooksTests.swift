#if SQLite
import Foundation
import PeerSupport
import Testing

/// Webhooks of saved connections, from registering to removing.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct WebhooksTests {
  private func world() async throws -> ConnectionsWorld {
    try await ConnectionsWorld(own: try await Peers(repositories: 3, changes: 4))
  }

  private func webhooks(_ world: ConnectionsWorld, _ words: String...) async throws -> FullSyncProgram.Outcome {
    try await world.run(["webhooks"] + words + ["--store", world.folder.store()])
  }

  private func writes(_ world: ConnectionsWorld) async throws -> OnlyReads {
    try OnlyReads(log: try await world.peers.control(world.peers.ready.github, "/_peer/log"))
  }

  @Test func `the webhook of a connection from beginning to end, and nothing else is written`() async throws {
    let world = try await world()
    let gitHub = world.peers.ready.github
    _ = try await world.peers.control(gitHub, "/_peer/faults", post: OnlyReads.alarmRule)
    let receiver = try #require(gitHub.foreign)
    try await world.addGitHub("Work")
    let added = try await webhooks(world, "add", "work", "--url", receiver)
    #expect(added.exitCode == 0, "\(added.standardError)")
    #expect(added.standardOutput.hasPrefix("  acme  Active  \(receiver)/webhooks/github\n      tells of check_run, "))
    let sync = try await world.run(["--connection", "Work"] + world.syncing)
    #expect(sync.exitCode == 0, "\(sync.standardError)")
    _ = try await world.peers.control(
      gitHub, "/_peer/emit", post: #"{"events": [{"event": "push", "drop": true}]}"#)
    let sick = try await webhooks(world, "status", "Work", "--json")
    #expect(sick.exitCode == 1 && sick.standardOutput.contains(#""status":"failed""#), "\(sick.standardOutput)")
    let again = try await webhooks(world, "redeliver", "Work")
    #expect(again.exitCode == 0 && again.standardOutput == "Of 2 deliveries 1 were missed; 1 are delivered again.\n")
    #expect(try await webhooks(world, "ping", "Work").exitCode == 0)
    #expect(try await webhooks(world, "retry", "Work").exitCode == 0)
    let token = try #require(gitHub.tokens["classic-everything"])
    let replaced = try await world.connections("replace", "Work", "--token-stdin", input: token)
    #expect(replaced.exitCode == 0 && replaced.standardOutput.contains("  acme  Active  "), "\(replaced.standardError)")
    let removed = try await world.connections("remove", "Work", "--delete-data")
    #expect(removed.exitCode == 0 && removed.standardError.isEmpty, "\(removed.standardError)")
    let writes = try await writes(world)
    #expect(writes.forbidden == [])
    let hook = "/orgs/{org}/hooks"
    #expect(
      writes.writes.filter { $0.key != "POST /graphql" } == [
        "POST \(hook)": 1, "PATCH \(hook)/{hook_id}": 2, "DELETE \(hook)/{hook_id}": 1, "POST \(hook)/{hook_id}/pings": 1,
        "POST \(hook)/{hook_id}/deliveries/{delivery_id}/attempts": 1,
      ])
    #expect(try await world.peers.complaints(gitHub) == [])
  }

  @Test func `what stands in the way is printed, and repositories can have their own`() async throws {
    let world = try await world()
    let receiver = try #require(world.peers.ready.github.foreign)
    try await world.addGitHub("Work", token: "classic-repo-hook-only")
    let refused = try await webhooks(world, "add", "Work", "--url", receiver)
    #expect(refused.exitCode == 1)
    #expect(
      refused.standardOutput == """
          acme  Failed  \(receiver)/webhooks/github
              the token lacks the scope admin:org_hook; give it that scope, or let each repository have a webhook of its own

        """)
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    let each = try await webhooks(world, "add", "Work", "--url", receiver, "--each-repository")
    #expect(each.exitCode == 0, "\(each.standardOutput)")
    #expect(try await webhooks(world, "status", "Work").exitCode == 0)
    #expect(try await webhooks(world, "remove", "Work").standardOutput == "The webhook and its secret are removed.\n")
    let none = try await webhooks(world, "status", "Work")
    #expect(none.exitCode == 1 && none.standardOutput == "No webhook is registered; make one with full-sync webhooks add.\n")
    #expect(try await world.peers.complaints(world.peers.ready.github) == [])
  }

  @Test(arguments: [("classic-everything", "Active"), ("classic-repo-hook-only", "Failed")])
  func `a webhook that is wanted while connecting is registered, and never fails the connection`(
    token: String, status: String
  ) async throws {
    let world = try await world()
    let receiver = try #require(world.peers.ready.github.foreign)
    let token = try #require(world.peers.ready.github.tokens[token])
    let added = try await world.connections(
      "add", "Work", "--service", "github", "--organization", "acme", "--token-stdin", "--webhook", receiver,
      "--url", world.peers.ready.github.url, input: token)
    #expect(added.exitCode == 0, "\(added.standardError)")
    #expect(added.standardOutput.contains("\n  acme  \(status)  \(receiver)/webhooks/github\n      t"))
    let listed = try await webhooks(world, "status", "Work")
    #expect(listed.standardOutput.hasPrefix("  acme  \(status)  "), "\(listed.standardOutput)")
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await world.peers.complaints(world.peers.ready.github) == [])
  }

  @Test func `a token that is dead by then does not hold up removing`() async throws {
    let world = try await world()
    try await world.addGitHub("Work")
    let receiver = try #require(world.peers.ready.github.foreign)
    #expect(try await webhooks(world, "add", "Work", "--url", receiver).exitCode == 0)
    _ = try await world.peers.control(
      world.peers.ready.github, "/_peer/faults", post: #"{"kind": "status", "status": 401, "match": {"method": "DELETE"}}"#)
    let removed = try await world.connections("remove", "Work", "--keep-data")
    #expect(removed.exitCode == 0)
    #expect(
      removed.standardError == """
        full-sync: The webhook of acme stays and has to be removed in its settings at the service: the token is wrong, expired or \
        revoked; make a new one.

        """)
  }
}
#endif
