#if SQLite
import Foundation
import PeerSupport
import Testing

/// `connections check`, `status`, `services` and `repositories`, as a person uses them.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct ConnectionDoctorTests {
  @Test func `a check shows what a token is and may do, and exits with 0 when everything works`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let outcome = try await world.connections("check", "work")
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    let text = outcome.standardOutput
    #expect(text.hasPrefix("Work: Connected\n  Successfully connected via octavia\n"))
    for line in [
      "  credential  classic token", "  acme  granted  owner  3 of 3",
      "  receive organisation webhooks  yes    admin:org_hook, of an owner",
    ] {
      #expect(text.split(separator: "\n").contains { $0 == line }, "\(text)")
    }
    let json = try await world.connections("check", "work", "--json").json
    #expect(json["status"] as? String == "connected")
    #expect((json["credential"] as? [String: Any])?["kind"] as? String == "classic token")
    #expect((json["capabilities"] as? [Any])?.count == 7)
  }

  @Test(arguments: [
    ("classic-member", "only owners of acme may register webhooks"),
    ("classic-repo-hook-only", "give it admin:org_hook"),
    ("fine-grained-one-repository", "2 of 3 repositories are hidden"),
  ])
  func `a check that finds something missing says what to do and exits with 1`(token: String, says: String) async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work", token: token)
    let outcome = try await world.connections("check", "Work")
    #expect(outcome.exitCode == 1 && outcome.standardOutput.contains(says), "\(outcome.standardOutput)")
  }

  @Test func `other services are checked in the same words`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addAll()
    for name in ["Codecov", "Snyk"] {
      let outcome = try await world.connections("check", name)
      #expect(outcome.exitCode == 0 && outcome.standardOutput.hasPrefix("\(name): Connected\n"), "\(outcome.standardOutput)")
    }
    #expect(try await world.connections("check", "Other").exitCode == 2)
  }

  @Test(arguments: [
    ("classic-sso-unauthorised", "See https://github.com/orgs/acme/sso?authorization_request="),
    ("oauth-restricted", "/settings/connections/applications/Iv1.peer Nothing was saved."),
  ])
  func `a token that is kept out is told the page to mend it on`(token: String, says: String) async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.addGitHub(token: token)
    #expect(outcome.exitCode == 2 && outcome.standardError.contains(says), "\(outcome.standardError)")
  }

  @Test func `a new token is diagnosed, single sign-on included, and the records stay`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub()
    #expect(try await world.run(["--connection", "GitHub"] + world.syncing).exitCode == 0)
    let before = try await world.held()
    let tokens = world.peers.ready.github.tokens
    let kept = try await world.connections("replace", "GitHub", "--token-stdin", input: tokens["classic-sso-unauthorised"])
    #expect(kept.exitCode == 2 && kept.standardError.contains("single sign-on"))
    #expect(kept.standardError.hasSuffix("The saved token stays.\n"))
    let member = try await world.connections("replace", "GitHub", "--token-stdin", input: tokens["classic-member"])
    #expect(member.exitCode == 0 && member.standardOutput.contains("✗ receive organisation webhooks"), "\(member.standardOutput)")
    let after = try await world.held()
    #expect(after["change"].keys == before["change"].keys && after["repository"].keys == before["repository"].keys)
    #expect(after["connection"]["github"]?["account"] == "fferrari")
  }

  @Test func `the status tells what is stored, without asking a service or opening a token`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let fresh = try await world.connections("status", "Work", environment: [:])
    #expect(fresh.exitCode == 0, "\(fresh.standardOutput)")
    #expect(fresh.standardOutput.contains("  last sync     never\n"))
    let late = try await world.connections("status", "--now", "2099-01-01T00:00:00Z", environment: [:])
    #expect(late.exitCode == 1 && late.standardOutput.contains("  - no sync has been started; start one\n"))
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    let json = try await world.connections("status", "--json", "--now", "2099-01-01T00:00:00Z", environment: [:])
    #expect(json.exitCode == 0, "\(json.standardOutput)")
    let status = try #require((json.json["connections"] as? [[String: Any]])?.first)
    #expect(status["repositories"] as? Int == 3 && status["state"] as? String == "connected")
    #expect((status["lastSync"] as? [String: Any])?["state"] as? String == "complete")
  }

  @Test func `services are turned off and on, and a run goes by it`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let off = try await world.connections("services", "Work", "--off", "tickets", "--off", "webhooks", environment: [:])
    #expect(off.exitCode == 0)
    #expect(
      off.standardOutput
        == "  on   repositories (the others need them)\n  on   pull-requests\n  off  tickets\n  off  webhooks\n")
    let first = try await world.run(["--connection", "Work"] + world.syncing)
    #expect(first.exitCode == 0, "\(first.standardError)")
    let without = try await world.held("without.jsonl")
    #expect(without["issue"].isEmpty && !without["change"].isEmpty)
    #expect(try await world.connections("services", "Work", "--on", "tickets", environment: [:]).exitCode == 0)
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await !world.held("with.jsonl")["issue"].isEmpty)
    #expect(try await world.connections("status", "Work", environment: [:]).standardOutput.contains("  webhook       Off\n"))
  }

  @Test func `repositories are chosen, and all of them again`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let only = try await world.connections("repositories", "Work", "--only", "atlas-api", environment: [:])
    #expect(only.standardOutput == "atlas-api\n")
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await world.held("one.jsonl")["repository"].keys.count == 1)
    let all = try await world.connections("repositories", "Work", "--all", environment: [:])
    #expect(all.standardOutput == "all repositories\n")
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await world.held("all.jsonl")["repository"].keys.count == 3)
  }

  @Test func `a connection may cover several organisations, and each is told`() async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.connections(
      "add", "Both", "--service", "github", "--organization", "acme", "--organization", "nowhere", "--url",
      world.peers.ready.github.url, "--token-stdin", input: world.peers.ready.github.tokens["classic-owner"])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    #expect(outcome.standardOutput.contains("✗ read repositories of nowhere — it does not exist or the token may not see it;"))
    let run = try await world.run(["--connection", "Both"] + world.syncing)
    #expect(run.exitCode == 1 && run.standardOutput.contains("repositories of nowhere"))
    #expect(try await world.held()["repository"].keys.count == 3)
    let environment = ["GITHUB_TOKEN": try #require(world.peers.ready.github.tokens["classic-owner"])]
    let named = try await world.run(
      ["--github", "acme", "--github", "third", "--github-url", world.peers.ready.github.url] + world.syncing,
      environment: environment)
    #expect(named.exitCode == 2)
    #expect(named.standardError.contains("third is none of the organisations that \"Both\" is saved for"))
    let less = try await world.connections(
      "replace", "Both", "--organization", "acme", "--token-stdin", input: environment["GITHUB_TOKEN"])
    #expect(less.exitCode == 0, "\(less.standardError)")
    #expect(try await world.run(["--connection", "Both"] + world.syncing).exitCode == 0)
    let other = try await world.connections(
      "replace", "Both", "--organization", "third", "--token-stdin", input: environment["GITHUB_TOKEN"])
    #expect(other.exitCode == 2 && other.standardError.contains("holds records of acme"))
  }
}
#endif
