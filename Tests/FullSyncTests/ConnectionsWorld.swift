#if SQLite
import Foundation
import PeerSupport
import Testing

/// A database of its own over peers that all tests share. Whatever a run prints or leaves in a file is searched for secrets.
struct ConnectionsWorld {
  /// Two keys, as `KOALR_SEALING_KEYS` has them.
  static let keys = [UInt8(0), 100].map { first in Data((first..<first + 32)) }

  private static let shared = Once<String, Peers>()

  let peers: Peers
  let folder: ScratchFolder
  /// What people keep elsewhere: files with tokens.
  private let safe: ScratchFolder
  private let leaks: Leaks
  private let rawKeys: Leaks

  /// - Parameter own: peers of its own, for a test that makes them fail.
  init(own: Peers? = nil) async throws {
    peers =
      if let own { own } else { try await Self.shared.value("connections") { try await Peers(repositories: 3, changes: 8) } }
    (folder, safe) = (try ScratchFolder(), try ScratchFolder())
    let services = [peers.ready.github, peers.ready.codecov, peers.ready.snyk]
    let tokens = services.flatMap(\.tokens).reduce(into: [:]) { $0[$1.key] = $1.value }
    let keys = Self.keys.map { $0.base64EncodedString() }
    leaks = Leaks(tokens.merging(["first key": keys[0], "second key": keys[1]]) { $1 })
    rawKeys = Leaks(raw: ["first key": Self.keys[0], "second key": Self.keys[1]])
  }

  /// `KOALR_SEALING_KEYS` with the first key, the second one, or both.
  static func keys(_ numbers: Int...) -> [String: String] {
    let lines = numbers.map { "k\($0):\(keys[$0 - 1].base64EncodedString())" }
    return ["KOALR_SEALING_KEYS": lines.joined(separator: ",")]
  }

  /// What a sync needs beside a mode: the time, the store, and a cache.
  var syncing: [String] {
    ["--now", peers.ready.now, "--store", folder.store(), "--cache", safe["cache"], "--json"]
  }

  /// Runs the program on the database with the first key.
  func run(
    _ arguments: [String], environment: [String: String] = Self.keys(1), input: String? = nil
  ) async throws -> FullSyncProgram.Outcome {
    let outcome = try await FullSyncProgram.run(arguments, environment: environment, input: input)
    try checkLeaks(outcome)
    return outcome
  }

  /// Does what waits in the queue.
  func work() async throws -> FullSyncProgram.Outcome {
    try await run(["work", "--once", "--store", folder.store(), "--cache", safe["cache"]])
  }

  /// Runs a command about connections.
  func connections(
    _ arguments: String..., environment: [String: String] = Self.keys(1), input: String? = nil
  ) async throws -> FullSyncProgram.Outcome {
    try await run(["connections"] + arguments + ["--store", folder.store()], environment: environment, input: input)
  }

  /// Expects that no output and no file of the database's folder holds a token or key.
  func checkLeaks(_ outcome: FullSyncProgram.Outcome) throws {
    for text in [outcome.standardOutput, outcome.standardError] {
      #expect(leaks.found(in: text).isEmpty && rawKeys.found(in: text).isEmpty, "\(text)")
    }
    #expect(try leaks.found(inFilesOf: folder.url).isEmpty)
    #expect(try rawKeys.found(inFilesOf: folder.url).isEmpty)
  }

  /// Adds the connections that a whole sync needs, each with its token from another place.
  func addAll() async throws {
    let token = try safeFile(try #require(peers.ready.snyk.tokens["readOnly"]) + "\n")
    let environment = Self.keys(1).merging(["THE_TOKEN": try #require(peers.ready.codecov.tokens["member"])]) { $1 }
    let outcomes = [
      try await connections(
        "add", "GitHub", "--service", "github", "--organization", peers.ready.org, "--url", peers.ready.github.url,
        "--token-stdin", input: " \(try #require(peers.ready.github.tokens["classic-owner"]))\n"),
      try await connections(
        "add", "Codecov", "--service", "codecov", "--organization", peers.ready.org, "--url", peers.ready.codecov.url,
        "--token-env", "THE_TOKEN", environment: environment),
      try await connections(
        "add", "Snyk", "--service", "snyk", "--organization", peers.ready.org, "--url", peers.ready.snyk.url, "--token-file",
        token),
    ]
    for outcome in outcomes { #expect(outcome.exitCode == 0, "\(outcome.standardError)") }
  }

  /// Adds the connection to GitHub alone, and returns what was printed.
  @discardableResult
  func addGitHub(
    _ name: String = "GitHub", token: String = "classic-owner", environment: [String: String] = Self.keys(1)
  ) async throws -> FullSyncProgram.Outcome {
    try await connections(
      "add", name, "--service", "github", "--organization", peers.ready.org, "--url", peers.ready.github.url, "--token-stdin",
      environment: environment, input: peers.ready.github.tokens[token])
  }

  /// The tokens as a run without saved connections takes them.
  func environmentTokens() throws -> [String: String] {
    [
      "GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-owner"]),
      "CODECOV_TOKEN": try #require(peers.ready.codecov.tokens["member"]),
      "SNYK_TOKEN": try #require(peers.ready.snyk.tokens["readOnly"]),
    ]
  }

  /// The options that say where the services are.
  var addresses: [String] {
    [
      "--github-url", peers.ready.github.url, "--codecov-url", peers.ready.codecov.url, "--snyk-url", peers.ready.snyk.url,
    ]
  }

  /// Everything the database holds, without a sync.
  func held(_ name: String = "held.jsonl") async throws -> ExportedStore {
    let outcome = try await run(["store", "show", "--store", folder.store(), "--export", folder[name]])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    return try ExportedStore(file: folder.url.appendingPathComponent(name))
  }

  /// A line of `connections list --json`.
  struct Listed: Decodable {
    var id: String
    var name: String
    var url: String?
    var organization: String
    var account: String?
    var status: String
    var message: String?
    var tokenSaved: Bool
  }

  /// What `connections list` says.
  func list() async throws -> [Listed] {
    let outcome = try await connections("list", "--json", environment: [:])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    let all = try JSONDecoder().decode([String: [Listed]].self, from: Data(outcome.standardOutput.utf8))
    return try #require(all["connections"])
  }

  private func safeFile(_ text: String) throws -> String {
    try Data(text.utf8).write(to: safe.url.appendingPathComponent("token"))
    return safe["token"]
  }
}
#endif
