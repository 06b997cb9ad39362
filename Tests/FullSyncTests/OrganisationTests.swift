import Foundation
import KoalrCore
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

  @Test func `without git a full sync equals the truth too, and says which way it took`() async throws {
    let peers = try await Peers(seed: 2, repositories: 12, changes: 16, truth: true)
    let run = try await Self.sync(peers, path: "/nowhere")
    #expect(run.outcome.exitCode == 0, "\(run.outcome.standardError)")
    #expect(run.outcome.standardError.contains("Histories are read over GitHub's API, because git cannot be used: "))
    let comparison = TruthComparison(
      truth: try peers.takeTruth(), store: run.store, measured: try await Self.listedByCodecov(peers))
    #expect(comparison.differences.isEmpty, "\(comparison.differences.prefix(40).joined(separator: "\n"))")
    #expect(try await peers.complaints(peers.ready.github).isEmpty)
  }

  @Test func `git that was asked for and is not there is an error that says what else to do`() async throws {
    let peers = try await Peers(repositories: 2, changes: 2)
    let run = try await FullSyncProgram.run(
      ["--github", peers.ready.org, "--github-url", peers.ready.github.url, "--now", peers.ready.now, "--history", "git"],
      environment: ["GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-owner"]), "PATH": "/nowhere"])
    #expect(run.exitCode == 2)
    #expect(run.standardError.contains("--history git cannot be used: "))
    #expect(run.standardError.contains("Or choose --history api."))
  }

  @Test func `incidents of the truth are found as far as GitHub knows of them`() async throws {
    let peers = try await Peers(seed: 2, repositories: 40, changes: 30, truth: true)
    let run = try await Self.sync(peers, services: false, arguments: ["--history", "api"])
    #expect(run.outcome.exitCode == 0, "\(run.outcome.standardError)")
    let score = IncidentScore(run.incidents, with: try peers.takeTruth())
    let (joined, sure) = try (#require(score["joined"]), #require(score["joined, confidence of 0.5 and more"]))
    #expect(score.reachable > 5 && joined.matched >= score.reachable, "\(score)")
    #expect(try #require(score["issue"]).precision == 1, "\(score)")
    #expect(sure.matched == joined.matched && sure.precision >= 0.7, "\(score)\n\(score.examples.joined(separator: "\n"))")
    #expect(score.failedChanges.first { $0.name == "deployment" }?.precision == 1, "\(score)")
  }

  @Test func `a file of incidents is part of the run, and a wrong line ends it before it begins`() async throws {
    let peers = try await Peers(repositories: 2, changes: 4)
    let folder = try ScratchFolder()
    let file = folder.url.appendingPathComponent("incidents.jsonl")
    let line = #"{"id": "PD-1", "source": "pagerduty", "repository": "\#(peers.ready.org)/atlas-api", "title": "Down", "#
    try Data((line + #""startedAt": "2026-11-02T09:12:00Z"}"#).utf8).write(to: file)
    let run = try await Self.sync(peers, services: false, arguments: ["--history", "api", "--incidents", file.path])
    #expect(run.outcome.exitCode == 0, "\(run.outcome.standardError)")
    #expect(run.store["incident"]["pagerduty:PD-1"]?["repository"] == "\(peers.ready.org)/atlas-api")
    try Data((line + #""startedAt": "soon"}"#).utf8).write(to: file)
    let wrong = try await FullSyncProgram.run(
      ["--github", peers.ready.org, "--github-url", peers.ready.github.url, "--incidents", file.path],
      environment: ["GITHUB_TOKEN": try #require(peers.ready.github.tokens["classic-owner"])])
    #expect(wrong.exitCode == 2)
    #expect(wrong.standardError.contains("line 1: startedAt is not a time; write when it began, such as"))
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
    var incidents: [Incident]
    var secretsInExport: [String]
  }

  private static func sync(
    _ peers: Peers, services: Bool = true, codecovToken: String? = nil, path: String? = nil, arguments: [String] = []
  ) async throws -> Run {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-e2e-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let export = folder.appendingPathComponent("store.jsonl")
    let ready = peers.ready
    var environment = ["GITHUB_TOKEN": try #require(ready.github.tokens["classic-owner"])]
    environment["PATH"] = path
    if services {
      environment["CODECOV_TOKEN"] = codecovToken ?? ready.codecov.tokens["member"]
      environment["SNYK_TOKEN"] = ready.snyk.tokens["readOnly"]
    }
    let outcome = try await FullSyncProgram.run(
      [
        "--github", ready.org, "--github-url", ready.github.url, "--codecov-url", ready.codecov.url, "--snyk-url", ready.snyk.url,
        "--now", ready.now, "--json", "--export", export.path, "--cache", folder.appendingPathComponent("cache").path,
      ] + arguments, environment: environment)
    let text = (try? String(contentsOf: export, encoding: .utf8)) ?? ""
    let imported = InMemoryStore()
    if !text.isEmpty { _ = try await StoreImport(imported).read(from: export) }
    return Run(
      outcome: outcome, store: try ExportedStore(file: export),
      incidents: try await imported.all(RecordQuery(Incident.self)),
      secretsInExport: environment.filter { $0.key != "PATH" && text.contains($0.value) }.map(\.key))
  }
}
