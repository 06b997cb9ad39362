#if SQLite
import Foundation
import PeerSupport
import Testing

/// Saved connections, from adding to removing.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct ConnectionsTests {
  /// The peers' tokens have no check digits.
  private static let refusal =
    "GitHub does not accept the token: its check digits do not fit, so it was mistyped or cut off; copy it again, or make a new one "
    + "if it has expired or was revoked."

  @Test func `what is added is listed, without a key and without a token`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addAll()
    let list = try await world.list()
    #expect(list.map { $0.name } == ["Codecov", "GitHub", "Snyk"])
    #expect(list.map { $0.id } == ["codecov", "github", "snyk"])
    #expect(list.allSatisfy { $0.organization == "acme" && $0.status == "connected" && $0.tokenSaved })
    #expect(list[1].message == "Successfully connected via octavia" && list[1].account == "octavia")
    #expect(list[1].url == world.peers.ready.github.url)
    let text = try await world.connections("list", environment: [:]).standardOutput.split(separator: "\n")
    #expect(text.count == 4)
    #expect(text.first == "name     service  organisation  account  status     tested                    token")
    #expect(text.last?.hasSuffix("  saved") == true)
  }

  @Test func `adding prints what the credential can do`() async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.addGitHub("Work at acme")
    #expect(
      outcome.standardOutput == """
          Work at acme  Connected  acme via octavia
              Successfully connected via octavia
              ✓ read repositories
              ✓ read pull requests
              ✓ read tickets
              ✓ read checks
              ✓ read deployments
              ✓ read teams and members
              ✓ receive organisation webhooks
          A sync waits in the queue; full-sync work does it.

        """)
    #expect(try await world.list().map { $0.id } == ["work-at-acme"])
  }

  @Test func `a failed test saves nothing, not even a file`() async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.addGitHub(token: "classic-revoked")
    #expect(outcome.exitCode == 2 && outcome.standardOutput.isEmpty)
    #expect(
      outcome.standardError
        == "full-sync: Could not connect to GitHub: \(Self.refusal) Nothing was saved.\n")
    #expect(!world.folder.exists("koalr.sqlite"))
  }

  @Test func `without a key nothing is asked or saved, and the answer is how to make one`() async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.addGitHub(environment: [:])
    #expect(outcome.exitCode == 2)
    #expect(
      outcome.standardError == """
        full-sync: There is no key for saved tokens. Make one and keep it safe, because tokens cannot be read without it:
          (umask 077; echo "$(date +%Y-%m):$(head -c 32 /dev/urandom | base64)" >> koalr.keys)
          export KOALR_SEALING_KEY_FILE=$PWD/koalr.keys

        """)
    #expect(!world.folder.exists("koalr.sqlite"))
  }

  @Test(arguments: [
    (["--token-env", "NOT_SET"], nil, "the variable that --token-env names is empty or not set."),
    (["--token-file", "/dev/null"], nil, "the file that --token-file names is empty or not set."),
    (["--token-file", "/no/such/file"], nil, "the file cannot be opened or read; check its name and permissions."),
    (["--token-file", "/dev/zero"], nil, "it is longer than 16384 bytes."),
    (["--token-stdin"], " \n", "standard input is empty or not set."),
    (["--token-stdin"], "two words", "standard input holds more than one word, or characters no token has."),
  ])
  func `a token that cannot be read is an error that does not repeat it`(
    source: [String], input: String?, reason: String
  ) async throws {
    let world = try await ConnectionsWorld()
    let outcome = try await world.run(
      ["connections", "add", "A", "--service", "github", "--organization", "acme", "--store", world.folder.store()] + source,
      input: input)
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError == "full-sync: Could not read the token: \(reason)\n")
  }

  @Test func `names are unique without regard to case, and one organisation is connected once`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    let taken = try await world.addGitHub("WORK")
    #expect(taken.exitCode == 2)
    #expect(taken.standardError == "full-sync: A connection is already called \"Work\"; choose another name.\n")
    let twice = try await world.addGitHub("Other")
    #expect(twice.exitCode == 2)
    #expect(
      twice.standardError
        == "full-sync: \"Work\" is already saved for this organisation there; change its token with connections replace.\n")
    let unknown = try await world.connections("rename", "Wrok", "A")
    #expect(unknown.exitCode == 2)
    #expect(unknown.standardError == "full-sync: There is no saved connection of this name; there is \"Work\".\n")
  }

  @Test func `one GitHub is the same under every address it has`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    for address in ["/", "/api/v3", "/orgs/\(world.peers.ready.org)"] {
      let twice = try await world.connections(
        "add", "Other", "--service", "github", "--organization", world.peers.ready.org, "--url",
        world.peers.ready.github.url + address, "--token-stdin", input: world.peers.ready.github.tokens["classic-owner"])
      #expect(twice.exitCode == 2)
      #expect(twice.standardError.hasPrefix("full-sync: \"Work\" is already saved"), "\(address) \(twice.standardError)")
    }
  }

  @Test func `a name that is taken while the token is tested is refused`() async throws {
    let (world, elsewhere) = (try await ConnectionsWorld(), try ScratchFolder())
    let pipe = elsewhere["token"]
    try #require(mkfifo(pipe, 0o600) == 0)
    async let late = world.connections(
      "add", "Same", "--service", "github", "--organization", world.peers.ready.org, "--url", world.peers.ready.github.url,
      "--token-file", pipe)
    // Opens once the program asks for the token, so after it looked at the names.
    let token = try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try FileHandle(forWritingTo: URL(fileURLWithPath: pipe)) })
      }
    }
    let first = try await world.connections(
      "add", "same", "--service", "codecov", "--organization", world.peers.ready.org, "--url", world.peers.ready.codecov.url,
      "--token-stdin", input: world.peers.ready.codecov.tokens["member"])
    #expect(first.exitCode == 0, "\(first.standardError)")
    try token.write(contentsOf: Data(try #require(world.peers.ready.github.tokens["classic-owner"]).utf8))
    try token.close()
    let outcome = try await late
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError == "full-sync: A connection is already called \"same\"; choose another name.\n")
    #expect(try await world.list().map { $0.id } == ["same"])
  }

  @Test func `a name may change, and the id and its records stay`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub()
    #expect(try await world.run(["--connection", "GitHub"] + world.syncing).exitCode == 0)
    let before = try await world.held()
    let outcome = try await world.connections("rename", "github", "Öffentlich & laut", environment: [:])
    #expect(outcome.standardOutput == "\"GitHub\" is now called \"Öffentlich & laut\".\n")
    #expect(try await world.list().map { [$0.id, $0.name] } == [["github", "Öffentlich & laut"]])
    #expect(try await world.run(["--connection", "öffentlich & LAUT"] + world.syncing).exitCode == 0)
    let after = try await world.held()
    #expect(after["change"].keys == before["change"].keys && after["connection"].keys.sorted() == ["github"])
    #expect(after["connection"]["github"]?.object("settings")?["name"] == "Öffentlich & laut")
  }

  @Test func `a new token is tested before it replaces the old one`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub()
    let bad = try await world.connections(
      "replace", "GitHub", "--token-stdin", input: world.peers.ready.github.tokens["classic-expired"])
    #expect(bad.exitCode == 2)
    #expect(
      bad.standardError
        == "full-sync: Could not connect to GitHub: \(Self.refusal) The saved token stays.\n")
    #expect(try await world.list().map { $0.account } == ["octavia"])
    #expect(try await world.run(["--connection", "GitHub"] + world.syncing).exitCode == 0)
    let good = try await world.connections(
      "replace", "github", "--token-stdin", input: world.peers.ready.github.tokens["fine-grained-full"])
    #expect(good.exitCode == 0, "\(good.standardError)")
    #expect(good.standardOutput.contains("Successfully connected via"))
    #expect(try await world.run(["--connection", "GitHub"] + world.syncing).exitCode == 0)
    #expect(try await !world.held()["change"].isEmpty)
  }

  @Test func `removing keeps the records or deletes them, as it was told`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addAll()
    #expect(try await world.run(["--connection", "GitHub"] + world.syncing).exitCode == 0)
    let before = try await world.held()
    let kept = try await world.connections("remove", "codecov", "--keep-data", environment: [:])
    #expect(kept.standardOutput == "\"Codecov\" is removed; its records stay.\n")
    let deleted = try await world.connections("remove", "Snyk", "--delete-data", environment: [:])
    #expect(deleted.standardOutput.wholeMatch(of: /"Snyk" is removed with its [1-9][0-9]* records\.\n/) != nil)
    #expect(try await world.list().map { $0.name } == ["GitHub"])
    let after = try await world.held()
    #expect(after["connection"].keys.sorted() == ["codecov", "github"])
    #expect(after["connection"]["codecov"]?.has("settings") == true && after["connection"]["codecov"]?.object("settings") == nil)
    #expect(after["coverage"].keys == before["coverage"].keys && after["change"].keys == before["change"].keys)
    #expect(!before["vulnerability"].isEmpty && after["vulnerability"].isEmpty)
  }

  @Test func `what was removed with its records kept is taken up under its id`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addGitHub("Work")
    #expect(try await world.connections("remove", "work", "--keep-data").exitCode == 0)
    try await world.addGitHub("Anew")
    #expect(try await world.list().map { [$0.id, $0.name] } == [["work", "Anew"]])
  }

  @Test func `tokens are sealed again with a new first key, and the old one may go`() async throws {
    let world = try await ConnectionsWorld()
    try await world.addAll()
    let mixed = try await world.connections("reseal", environment: ConnectionsWorld.keys(2, 1))
    #expect(mixed.standardOutput == "3 tokens were sealed again; all are sealed with the first key.\n")
    let again = try await world.connections("reseal", environment: ConnectionsWorld.keys(2, 1))
    #expect(again.standardOutput == "0 tokens were sealed again; all are sealed with the first key.\n")
    let new = try await world.run(["--connection", "GitHub"] + world.syncing, environment: ConnectionsWorld.keys(2))
    #expect(new.exitCode == 0, "\(new.standardError)")
    let old = try await world.run(["--connection", "GitHub"] + world.syncing, environment: ConnectionsWorld.keys(1))
    #expect(old.exitCode == 2 && old.standardOutput.isEmpty)
    #expect(
      old.standardError.hasPrefix(
        "full-sync: Could not open the saved token of \"GitHub\": it was sealed with the key k2, which is not among the keys at hand (k1);"
      ))
  }
}
#endif
