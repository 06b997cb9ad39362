import Foundation
import PeerSupport
import Testing

/// The whole program against servers with ground truth.
@Suite(.serialized, .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct OrganisationTests {
  @Test(arguments: [1, 2])
  func `a full sync equals the truth record by record`(seed: Int) async throws {
    let peers = try await Peers(seed: seed, repositories: 30, changes: 20, truth: true)
    let run = try await Self.sync(peers)
    #expect(run.outcome.exitCode == 0, "\(run.outcome.standardError)")
    #expect(run.outcome.json["complete"] as? Bool == true)
    let comparison = TruthComparison(
      truth: try peers.takeTruth(), store: run.store, measured: try await Self.listedByCodecov(peers))
    #expect(
      comparison.differences.isEmpty,
      "\(comparison.differences.count) differences:\n\(comparison.differences.prefix(40).joined(separator: "\n"))")
    for service in [peers.ready.github, peers.ready.codecov, peers.ready.snyk] {
      #expect(try await peers.complaints(service).isEmpty)
    }
    #expect(run.secretsInExport.isEmpty)
  }

  @Test func `without coverage and scanner the scores say what they miss`() async throws {
    let peers = try await Peers(repositories: 4, changes: 12)
    let run = try await Self.sync(peers, services: false)
    #expect(run.outcome.exitCode == 0, "\(run.outcome.standardError)")
    let assessments = run.store["assessment"].values.filter { ($0.list("missing") ?? []).isEmpty == false }
    #expect(assessments.contains { $0.list("missing")?.contains { $0["reason"] == "no coverage service is connected" } == true })
    #expect(run.store["coverage"].isEmpty && run.store["vulnerability"].isEmpty)
  }

  @Test func `a dead coverage token stops that adapter only`() async throws {
    let peers = try await Peers(repositories: 4, changes: 12)
    let run = try await Self.sync(peers, codecovToken: "00000000-0000-4000-8000-000000000000")
    #expect(run.outcome.exitCode == 1)
    #expect(run.outcome.json["complete"] as? Bool == false)
    #expect(!run.store["change"].isEmpty && !run.store["vulnerability"].isEmpty && run.store["coverage"].isEmpty)
  }

  @Test func `a dead code host token is a failure with the reason`() async throws {
    let peers = try await Peers(repositories: 2, changes: 2)
    let outcome = try await FullSyncProgram.run(
      ["--github", peers.ready.org, "--github-url", peers.ready.github.url, "--now", peers.ready.now],
      environment: ["GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-revoked"])])
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError.contains("token"))
  }

  /// Some repositories are not registered at the coverage service; the truth has coverage of all.
  private static func listedByCodecov(_ peers: Peers) async throws -> Set<String> {
    let answer = try await peers.control(
      peers.ready.codecov, "/api/v2/github/\(peers.ready.org)/repos/?page_size=1000",
      headers: ["Authorization": "Bearer \(try #require(peers.ready.codecov.tokens["member"]))"])
    let page = try JSONSerialization.jsonObject(with: answer) as? [String: Any]
    let rows = try #require(page?["results"] as? [[String: Any]])
    return Set(rows.compactMap { $0["name"] as? String })
  }

  private struct Run {
    var outcome: FullSyncProgram.Outcome
    var store: ExportedStore
    var secretsInExport: [String]
  }

  private static func sync(_ peers: Peers, services: Bool = true, codecovToken: String? = nil) async throws -> Run {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let export = folder.appendingPathComponent("store.jsonl")
    let ready = peers.ready
    var environment = ["GITHUB_TOKEN": try #require(ready.github.tokens["classic-owner"])]
    if services {
      environment["CODECOV_TOKEN"] = codecovToken ?? ready.codecov.tokens["member"]
      environment["SNYK_TOKEN"] = ready.snyk.tokens["readOnly"]
    }
    let outcome = try await FullSyncProgram.run(
      [
        "--github", ready.org, "--github-url", ready.github.url, "--codecov-url", ready.codecov.url, "--snyk-url", ready.snyk.url,
        "--now", ready.now, "--json", "--export", export.path, "--cache", folder.appendingPathComponent("cache").path,
      ], environment: environment)
    let text = (try? String(contentsOf: export, encoding: .utf8)) ?? ""
    return Run(
      outcome: outcome, store: try ExportedStore(file: export),
      secretsInExport: environment.filter { text.contains($0.value) }.map(\.key))
  }
}
