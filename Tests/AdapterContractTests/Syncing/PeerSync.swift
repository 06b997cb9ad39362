import Foundation
import KoalrCore
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport

/// Runs of the engine over peers of their own: GitHub and git, into stores of memory.
struct PeerSync: Sendable {
  let peers: Peers
  let cache = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-sync-\(UUID().uuidString)")

  /// Starts peers.
  init(repositories: Int, changes: Int, _ arguments: [String] = []) async throws {
    peers = try await Peers(repositories: repositories, changes: changes, arguments)
  }

  /// The time that the peers' world stands at.
  var now: Date { ISO8601Time.parse(peers.ready.now) ?? .distantPast }

  /// Runs a sync to its end, some time after the world's beginning.
  @discardableResult
  func run(
    into store: some Store, after seconds: TimeInterval = 0, days: Int = SyncOptions.defaultDays
  ) async throws -> SyncReport {
    try await engine(store, after: seconds, days: days).run()
  }

  func engine(_ store: some Store, after seconds: TimeInterval = 0, days: Int = SyncOptions.defaultDays) throws -> SyncEngine {
    let clock = ManualClock(startingAt: now.addingTimeInterval(seconds), skipsSleep: true)
    let token = try peers.ready.github.secret("classic-owner")
    let gitHub = GitHubCodeHost(
      organization: peers.ready.org, token: token, webURL: try peers.ready.github.address(), transport: URLSessionTransport(),
      clock: clock)
    return SyncEngine(
      sources: SyncSources(codeHost: gitHub, history: ClonedGitHistory(cacheFolder: cache, token: token)), store: store,
      options: SyncOptions(days: days), clock: clock)
  }

  /// Makes things happen, from JSON objects of the peers' events.
  func emit(_ events: String...) async throws {
    _ = try await peers.control(
      peers.ready.github, "/_peer/emit", post: "{\"events\": [\(events.joined(separator: ", "))], \"waitMs\": 1}")
  }

  func fault(_ rule: String) async throws { _ = try await peers.control(peers.ready.github, "/_peer/faults", post: rule) }
  /// Ends all faults, and what happened in repositories is forgotten.
  func reset() async throws { _ = try await peers.control(peers.ready.github, "/_peer/reset", post: "{}") }

  /// How many requests of each endpoint the peers have seen.
  func requests() async throws -> [String: Int] {
    let data = try await peers.control(peers.ready.github, "/_peer/log")
    return try JSONDecoder().decode(Log.self, from: data).endpoints.mapValues(\.requests)
  }

  private struct Log: Decodable {
    struct Endpoint: Decodable { var requests: Int }
    var endpoints: [String: Endpoint]
  }
}

extension Store {
  /// Its records line by line, without what says when and how they were read.
  func data() async throws -> [String] {
    var lines: [String] = []
    for try await line in StoreExport(self).lines {
      let text = String(decoding: line, as: UTF8.self)
      let tellsOfRuns = ["checkpoint", "connection", "codeownersVersion"].contains { text.hasPrefix(#"{"kind":"\#($0)""#) }
      if !tellsOfRuns { lines.append(text) }
    }
    return lines
  }
}

/// Says in a few lines what two exports do not have in common.
func differences(_ found: [String], _ expected: [String]) -> String {
  let (missing, extra) = (Set(expected).subtracting(found), Set(found).subtracting(expected))
  let lines =
    missing.sorted().prefix(4).map { "missing: \($0.prefix(700))" } + extra.sorted().prefix(4).map { "extra: \($0.prefix(700))" }
  return "\(missing.count) missing, \(extra.count) extra\n" + lines.joined(separator: "\n")
}
