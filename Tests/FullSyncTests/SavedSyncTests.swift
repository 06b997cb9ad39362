#if SQLite
import Foundation
import PeerSupport
import Testing

/// Syncs with saved connections.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct SavedSyncTests {
  @Test func `a sync with saved tokens equals one with tokens in the environment`() async throws {
    let world = try await ConnectionsWorld()
    let tokens = try world.environmentTokens()
    let gitHub = ["--github", "acme", "--github-url", world.peers.ready.github.url]
    try await world.addAll()
    for (file, arguments, environment) in [
      ("saved.jsonl", gitHub, ConnectionsWorld.keys(1)), ("named.jsonl", ["--connection", "GitHub"], ConnectionsWorld.keys(1)),
      ("given.jsonl", ["--github", "ACME"] + world.addresses, tokens),
    ] {
      let outcome = try await world.run(
        arguments + world.syncing + ["--export", world.folder[file]], environment: environment)
      #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    }
    let memory = try await FullSyncProgram.run(
      ["--github", "acme", "--now", world.peers.ready.now, "--export", world.folder["memory.jsonl"]] + world.addresses,
      environment: tokens)
    #expect(memory.exitCode == 0, "\(memory.standardError)")
    let saved = try world.folder.data("saved.jsonl")
    let records = try world.folder.records("saved.jsonl")
    #expect(try world.folder.records("named.jsonl") == records)
    #expect(try world.folder.records("given.jsonl") == records)
    // Without a saved connection its settings are not known; everything else is.
    #expect(try Self.withoutConnections(world.folder.data("memory.jsonl")) == Self.withoutConnections(saved))
    for service in [world.peers.ready.github, world.peers.ready.codecov, world.peers.ready.snyk] {
      #expect(try await world.peers.complaints(service).isEmpty)
    }
  }

  private static func withoutConnections(_ export: Data) throws -> [Data] {
    let lines = export.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: Data(#"{"kind":"connection""#.utf8)) }
    try #require(lines.count > 50)
    return lines.map { Data($0) }
  }

  @Test func `a connection that is saved after a run takes over what the run left`() async throws {
    let world = try await ConnectionsWorld()
    let run = try await world.run(
      ["--github", "acme"] + world.addresses + world.syncing, environment: try world.environmentTokens())
    #expect(run.exitCode == 0, "\(run.standardError)")
    let before = try await world.held()
    try await world.addGitHub("Work")
    let added = try await world.connections(
      "add", "Scanner", "--service", "snyk", "--organization", "acme", "--url", world.peers.ready.snyk.url, "--token-stdin",
      input: world.peers.ready.snyk.tokens["readOnly"])
    #expect(added.exitCode == 0, "\(added.standardError)")
    #expect(try await world.list().map { [$0.id, $0.name] } == [["snyk", "Scanner"], ["github", "Work"]])
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    let after = try await world.held()
    for kind in ["connection", "repository", "change", "vulnerability"] { #expect(after[kind].keys == before[kind].keys) }
  }

  @Test func `a run with a token in the environment keeps to the id that was saved`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let run = try await world.run(
      ["--github", "acme"] + world.addresses + world.syncing, environment: try world.environmentTokens())
    #expect(run.exitCode == 0, "\(run.standardError)")
    #expect(try await world.held()["connection"].keys.sorted() == ["codecov-work", "snyk-work", "work"])
  }

  @Test func `an address that nobody saved is not guessed`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let elsewhere = try await world.run(["--github", "acme"] + world.syncing)
    #expect(elsewhere.exitCode == 64)
    let url = world.peers.ready.github.url
    #expect(
      elsewhere.standardError == """
        full-sync: The connection "Work" to this organisation is saved for \(url); use --connection or --github-url.
        Try full-sync --help.

        """)
    let service = try await world.connections(
      "add", "Scanner", "--service", "snyk", "--organization", "acme", "--url", world.peers.ready.snyk.url, "--token-stdin",
      input: world.peers.ready.snyk.tokens["readOnly"])
    #expect(service.exitCode == 0)
    let wrong = try await world.run(["--connection", "scanner"] + world.syncing)
    #expect(wrong.exitCode == 2)
    #expect(wrong.standardError == "full-sync: \"Scanner\" is a connection to snyk; --connection needs one to GitHub.\n")
  }

  @Test func `of several connections to one service the command line chooses`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    for (name, more) in [("One", []), ("Two", ["--snyk-org", "acme"])] {
      let added = try await world.run(
        [
          "connections", "add", name, "--service", "snyk", "--organization", "acme", "--url", world.peers.ready.snyk.url,
          "--token-stdin", "--store", world.folder.store(),
        ] + more, input: world.peers.ready.snyk.tokens["readOnly"])
      #expect(added.exitCode == 0, "\(added.standardError)")
    }
    let unclear = try await world.run(["--connection", "Work"] + world.syncing)
    #expect(unclear.exitCode == 64)
    #expect(
      unclear.standardError == """
        full-sync: Several connections to Snyk are saved for this organisation ("One", "Two"); choose with --snyk-org or --snyk-url.
        Try full-sync --help.

        """)
    let chosen = try await world.run(["--connection", "Work", "--snyk-org", "ACME"] + world.syncing)
    #expect(chosen.exitCode == 0, "\(chosen.standardError)")
    #expect(chosen.standardError.contains("   two: connected\n") && !chosen.standardError.contains("   one: "))
  }

  @Test func `an import brings connections without their tokens`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    _ = try await world.held("all.jsonl")
    let store = ["--store", world.folder.store("other.sqlite")]
    #expect(try await world.run(["--import", world.folder["all.jsonl"]] + store).exitCode == 0)
    let list = try await world.run(["connections", "list"] + store)
    #expect(list.standardOutput.contains("Work") && list.standardOutput.hasSuffix("  none\n"))
    let sync = try await world.run(["--connection", "Work"] + store)
    #expect(sync.exitCode == 2)
    #expect(
      sync.standardError
        == "full-sync: The connection \"Work\" has no saved token; give it one with full-sync connections replace, or remove it.\n"
    )
  }

  @Test func `a killed run leaves no token behind and is gone on with`() async throws {
    let world = try await ConnectionsWorld(own: try await Peers(repositories: 3, changes: 8))
    try await world.addAll()
    let gitHub = world.peers.ready.github
    _ = try await world.peers.control(
      gitHub, "/_peer/faults", post: #"{"kind": "latency", "ms": 500, "match": {"endpoint": "POST /graphql"}}"#)
    let arguments = ["--connection", "GitHub"] + world.syncing
    let killed = try await FullSyncProgram.run(
      arguments, environment: ConnectionsWorld.keys(1), sending: SIGKILL, atLine: "── fast path")
    #expect(killed.exitCode == SIGKILL)
    #expect(world.folder.exists("koalr.sqlite-wal"))
    try world.checkLeaks(killed)
    _ = try await world.peers.control(gitHub, "/_peer/reset", post: "{}")
    let shown = try await world.run(["store", "show", "--store", world.folder.store()])
    #expect(
      shown.standardOutput.contains(
        "\n  missing: the rest of the run of \(world.peers.ready.now) (github): it was interrupted; start it again\n"))
    let resumed = try await world.run(arguments + ["--export", world.folder["resumed.jsonl"]])
    #expect(resumed.exitCode == 0, "\(resumed.standardError)")
    #expect(resumed.standardError.contains("\n   Going on with the run of \(world.peers.ready.now) that was interrupted.\n"))
    #expect(resumed.json["resumedFrom"] as? String == world.peers.ready.now)
    let whole = try await world.run(arguments + ["--export", world.folder["whole.jsonl"]])
    #expect(whole.exitCode == 0 && whole.json["resumedFrom"] == nil)
    #expect(try world.folder.records("resumed.jsonl") == world.folder.records("whole.jsonl"))
  }

  @Test func `the search for secrets finds them in each of their forms`() throws {
    let leaks = Leaks(["token": "ghp_owner0000"])
    for text in ["xghp_owner0000y", "6768705f6f776e657230303030", "6768705F6F776E657230303030"] {
      #expect(leaks.found(in: text) == ["token"], "\(text)")
    }
    for before in ["", "a", "ab", "abc"] {
      #expect(leaks.found(in: Data("\(before)ghp_owner0000more".utf8).base64EncodedString()) == ["token"], "\(before)")
    }
    #expect(leaks.found(in: "ghp_owner000").isEmpty)
  }
}
#endif
