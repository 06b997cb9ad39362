import Foundation
import PeerSupport
import Testing

/// The program, stopped in the middle.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct StopTests {
  @Test(arguments: [SIGTERM, SIGINT])
  func `a signal ends the run at a safe point, with what is stored`(signal: Int32) async throws {
    let peers = try await Peers(repositories: 4, changes: 12)
    _ = try await peers.control(
      peers.ready.github, "/_peer/faults", post: #"{"kind": "latency", "ms": 500, "match": {"endpoint": "POST /graphql"}}"#)
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-stop-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let export = folder.appendingPathComponent("store.jsonl")
    let outcome = try await FullSyncProgram.run(
      [
        "--github", peers.ready.org, "--github-url", peers.ready.github.url, "--now", peers.ready.now, "--json",
        "--export", export.path, "--cache", folder.path,
      ],
      environment: ["GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-owner"])],
      sending: signal, atLine: "── fast path")
    #expect(outcome.exitCode == 1, "\(outcome.standardError)")
    #expect(outcome.json["complete"] as? Bool == false)
    #expect(outcome.standardError.contains("stopping at the next safe point"))
    let store = try ExportedStore(file: export)
    #expect(store["repository"].count == 4 && store["commit"].isEmpty)
    #expect(try await FullSyncProgram.run(["--import", export.path]).exitCode == 0)
  }
}
