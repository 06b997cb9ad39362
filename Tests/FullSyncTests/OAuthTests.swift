#if SQLite
import Foundation
import PeerSupport
import Synchronization
import Testing

/// Connections that a person authorises in a browser, which a test plays.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct OAuthTests {
  private let world: ConnectionsWorld
  private let app: [String: String]

  init() async throws {
    let peers = try await Peers(repositories: 3, changes: 8, ["--expiring-tokens"])
    world = try await ConnectionsWorld(own: peers)
    let known = try #require(peers.ready.github.oauth)
    app = ConnectionsWorld.keys(1).merging(["APP_ID": known.clientId, "APP_SECRET": known.clientSecret]) { $1 }
  }

  private static let client = ["--client-id-env", "APP_ID", "--client-secret-env", "APP_SECRET"]

  /// What a person does with the address that the program prints.
  private typealias Visit = @Sendable (URL) async throws -> Void

  /// Runs the program; once it has printed an address, `visit` is done with it.
  private func run(
    _ arguments: [String], environment: [String: String]? = nil, _ visit: @escaping Visit = follow
  ) async throws -> FullSyncProgram.Outcome {
    let (addresses, continuation) = AsyncStream.makeStream(of: URL.self)
    async let visited: Void = {
      for await address in addresses { try await visit(address) }
    }()
    let outcome = try await FullSyncProgram.run(
      ["connections"] + arguments + ["--store", world.folder.store()], environment: environment ?? app
    ) { text, _ in
      let lines = text.split(separator: "\n")
      guard text.contains("Waiting for the answer"), let line = lines.first(where: { $0.hasPrefix("  http") }) else { return }
      if let address = URL(string: String(line.dropFirst(2))) { continuation.yield(address) }
      continuation.finish()
    }
    continuation.finish()
    try await visited
    try world.checkLeaks(outcome)
    return outcome
  }

  private static let follow: Visit = { address in
    let browser = Browser()
    let callback = try #require(try await browser.open(address).location)
    let page = try await browser.open(callback)
    #expect(page.status == 200)
    #expect(page.text == "GitHub has answered. You can close this page and go back to the terminal.\n")
  }

  private func add(_ name: String = "Work", _ visit: @escaping Visit = follow) async throws -> FullSyncProgram.Outcome {
    try await run(
      [
        "add", name, "--service", "github", "--organization", world.peers.ready.org, "--url", world.peers.ready.github.url,
        "--oauth",
      ] + Self.client, visit)
  }

  private func log() async throws -> [String: Any] {
    let data = try await world.peers.control(world.peers.ready.github, "/_peer/log")
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  private func asked(_ endpoint: String) async throws -> Int {
    let row = (try await log()["endpoints"] as? [String: Any])?[endpoint] as? [String: Any]
    return row?["requests"] as? Int ?? 0
  }

  @Test func `authorising in a browser saves a connection that syncs, renews itself and is revoked`() async throws {
    let added = try await add()
    #expect(added.exitCode == 0, "\(added.standardError)")
    #expect(added.standardOutput.contains("Successfully connected via octavia"))
    #expect(added.standardError.hasPrefix("Open this address in a browser, within 10 minutes, and authorise the app:\n\n  http"))
    #expect(try await world.list().map { [$0.name, "\($0.tokenSaved)"] } == [["Work", "true"]])

    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await asked("POST /login/oauth/access_token") == 1)
    try await expireTokens()
    let again = try await world.run(["--connection", "Work"] + world.syncing)
    #expect(again.exitCode == 0, "\(again.standardError)")
    #expect(try await asked("POST /login/oauth/access_token") == 2)
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
    #expect(try await asked("POST /login/oauth/access_token") == 2)

    let removed = try await world.connections("remove", "Work", "--keep-data", "--revoke")
    #expect(removed.exitCode == 0, "\(removed.standardError)")
    #expect(removed.standardOutput == "The token of \"Work\" is revoked.\n\"Work\" is removed; its records stay.\n")
    #expect(try await asked("DELETE /applications/{client_id}/token") == 1)
    #expect(try await world.list().isEmpty)
    #expect(try await world.peers.complaints(world.peers.ready.github) == [])
  }

  /// The test does not know the token, so GitHub refuses the next request whatever it sends.
  private func expireTokens() async throws {
    _ = try await world.peers.control(
      world.peers.ready.github, "/_peer/faults",
      post: """
        {"kind": "status", "status": 401, "body": {"message": "Bad credentials"}, "times": 1, "match": {"endpoint": "POST /graphql"}}
        """)
  }

  @Test func `a person who says no saves nothing, and the browser is told`() async throws {
    _ = try await world.peers.control(world.peers.ready.github, "/_peer/oauth", post: #"{"deny": "access_denied"}"#)
    let outcome = try await add { address in
      let browser = Browser()
      let page = try await browser.open(try #require(try await browser.open(address).location))
      #expect(page.status == 400 && page.text == "That did not work; the terminal says why. You can close this page.\n")
    }
    #expect(outcome.exitCode == 2 && outcome.standardOutput.isEmpty)
    #expect(
      outcome.standardError.hasSuffix(
        "full-sync: github: could not finish an authorisation: the person said no on GitHub's page; begin the authorisation again "
          + "and choose to authorise\n"))
    #expect(!world.folder.exists("koalr.sqlite"))
  }

  @Test func `whatever is no answer of GitHub's is turned away, and the waiting goes on`() async throws {
    let outcome = try await add { address in
      let browser = Browser()
      let callback = try #require(try await browser.open(address).location)
      let root = "http://127.0.0.1:\(callback.port ?? 0)"
      for path in ["/", "/favicon.ico", "/callback/../x", "/callbackx?code=1"] {
        let elsewhere = try #require(URL(string: root + path))
        #expect(try await browser.open(elsewhere).status == 404)
      }
      #expect(try await browser.open(callback, method: "POST").status == 404)
      #expect(try await browser.open(callback).status == 200)
    }
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
  }

  @Test func `an answer with another state ends the waiting, and nothing is exchanged`() async throws {
    let outcome = try await add { address in
      let browser = Browser()
      var parts = try #require(URLComponents(url: address, resolvingAgainstBaseURL: true))
      parts.queryItems = parts.queryItems?.map { $0.name == "state" ? URLQueryItem(name: "state", value: "forged") : $0 }
      let changed = try #require(parts.url)
      let forged = try #require(try await browser.open(changed).location)
      #expect(try await browser.open(forged).status == 400)
    }
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError.hasSuffix("perhaps of somebody else; nothing was accepted, begin it again\n"))
    #expect(try await asked("POST /login/oauth/access_token") == 0)
  }

  @Test func `an authorisation that turns out to be of no use is taken back`() async throws {
    let outcome = try await run(
      [
        "add", "Work", "--service", "github", "--organization", "no-such-organisation", "--url",
        world.peers.ready.github.url, "--oauth",
      ] + Self.client)
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError.hasSuffix("Nothing was saved.\n"))
    #expect(try await asked("DELETE /applications/{client_id}/token") == 1)
    #expect(!world.folder.exists("koalr.sqlite"))
  }

  @Test func `a connection may be authorised again, and may change to a token and back`() async throws {
    #expect(try await add().exitCode == 0)
    let again = try await run(["replace", "Work", "--oauth"])
    #expect(again.exitCode == 0, "\(again.standardError)")
    let token = try await world.connections(
      "replace", "Work", "--token-stdin", input: world.peers.ready.github.tokens["classic-owner"])
    #expect(token.exitCode == 0, "\(token.standardError)")
    let revoking = try await world.connections("remove", "Work", "--keep-data", "--revoke")
    #expect(revoking.exitCode == 2)
    #expect(
      revoking.standardError
        == "full-sync: The token of \"Work\" was not made by OAuth, so only its owner can revoke it, in the service's settings. "
        + "Nothing was removed.\n")
    let unknown = try await run(["replace", "Work", "--oauth"])
    #expect(
      unknown.standardError
        == "full-sync: No OAuth app is saved for this connection; name one with --client-id-env and --client-secret-env.\n")
    #expect(try await run(["replace", "Work", "--oauth"] + Self.client).exitCode == 0)
    #expect(try await world.run(["--connection", "Work"] + world.syncing).exitCode == 0)
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends the waiting`(signal: Int32) async throws {
    let outcome = try await FullSyncProgram.run(
      [
        "connections", "add", "Work", "--service", "github", "--organization", "acme", "--url", world.peers.ready.github.url,
        "--oauth", "--store", world.folder.store(),
      ] + Self.client, environment: app, sending: signal, atLine: "Waiting for the answer")
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError.hasSuffix("full-sync: Stopped before the app was authorised.\n"))
    #expect(!world.folder.exists("koalr.sqlite"))
  }

  @Test func `scopes are printed with their reasons, without a store or a network`() async throws {
    let text = try await FullSyncProgram.run(["connections", "scopes"])
    #expect(text.exitCode == 0)
    for name in ["read:org", "read:user", "repo", "admin:repo_hook", "admin:org_hook"] {
      #expect(text.standardOutput.contains("\n  \(name)  "), "\(name)")
    }
    #expect(text.standardOutput.contains("never used: ") && text.standardOutput.contains("\nConnect with a service account: "))
    let json = try await FullSyncProgram.run(["connections", "scopes", "--json"]).json
    #expect((json["scopes"] as? [[String: Any]])?.count == 5 && json["advice"] is String)
  }

  @Test(arguments: [
    (["add", "A", "--service", "codecov", "--oauth"] + client, "--oauth belongs to --service github."),
    (
      ["add", "A", "--service", "github", "--oauth"],
      "--oauth needs the OAuth app: --client-id-env NAME or --client-id-file FILE, and --client-secret-env NAME or "
        + "--client-secret-file FILE."
    ),
    (
      ["add", "A", "--service", "github", "--oauth", "--token-stdin"] + client,
      "--oauth brings a token; leave --token-env, --token-file and --token-stdin out."
    ),
    (["add", "A", "--service", "github", "--token-stdin", "--port", "1"], "--port belongs to --oauth."),
    (
      ["add", "A", "--service", "github", "--oauth", "--port", "70000"] + client,
      "--port needs a whole number from 0 to 65535, not \"70000\"."
    ),
  ])
  func `a command line that makes no sense says why`(arguments: [String], reason: String) async throws {
    let outcome = try await FullSyncProgram.run(
      ["connections"] + arguments + ["--organization", "acme", "--store", world.folder.store()])
    #expect(outcome.exitCode == 64)
    #expect(outcome.standardError == "full-sync: \(reason)\nTry full-sync --help.\n")
  }
}
#endif
