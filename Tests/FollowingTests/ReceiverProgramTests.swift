#if HTTPServer && SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage
import PeerSupport
import Testing

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// The program behind a GitHub that delivers for real.
@Suite(.serialized, .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct ReceiverProgramTests {
  private static let secret = "a secret of this test"

  private struct Delivery: Decodable {
    var id: Int
    var guid: String
    var event: String
    var status_code: Int
  }

  @Test func `what was accepted is followed, although the program was killed`() async throws {
    let world = try await Place()
    var program = try await ReceiverProgram(world.arguments, environment: world.environment)
    try await world.register(port: program.port)
    try await world.emit(#"{"event": "pull_request", "action": "opened", "duplicate": 3}"#)
    try await world.emit(#"{"event": "issues", "action": "opened", "badSignature": true}"#)
    try await world.emit(#"{"event": "issues", "action": "opened", "noSignature": true}"#)
    async let burst: Void = world.emit(#"{"waitMs": 3000, "events": [\#(Self.reviews(60))]}"#)
    while try await world.waiting() < 20 { await Task.yield() }
    _ = try await program.end(with: SIGKILL)
    try await burst
    let accepted = Set(try await world.deliveries().filter { $0.status_code == 202 && $0.event != "ping" }.map(\.guid))
    #expect(accepted.count >= 10)

    program = try await ReceiverProgram(world.arguments + world.following, environment: world.environment)
    while try await world.waiting() > 0 { await Task.yield() }
    let outcome = try await program.end(with: SIGTERM)
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    let lines = outcome.standardOutput.split(separator: "\n")
    let followed = lines.filter { $0.hasPrefix("applied ") || $0.hasPrefix("up to date ") }.count { !$0.contains("ping") }
    #expect(followed >= accepted.count, "\(outcome.standardOutput)")
    #expect(lines.contains("waiting     0"))
    #expect(!(outcome.standardOutput + outcome.standardError).contains(Self.secret))
    #expect(try await world.complaints().isEmpty)
  }

  @Test func `what it cannot take is refused in the right words`() async throws {
    let world = try await Place()
    let program = try await ReceiverProgram(world.arguments + ["--body-limit", "2000"], environment: world.environment)
    let address = "http://127.0.0.1:\(program.port)"
    let cases: [(path: String, method: String, body: Data?, headers: [String: String], status: Int)] = [
      ("/health", "GET", nil, [:], 200), ("/elsewhere", "POST", Data(), [:], 404),
      ("/webhooks/github", "GET", nil, [:], 405), ("/webhooks/github", "POST", Data("{}".utf8), [:], 401),
      ("/webhooks/github", "POST", Data(count: 3_000), [:], 413),
      ("/webhooks/github", "POST", Data(), Dictionary(uniqueKeysWithValues: (0..<150).map { ("X-\($0)", "x") }), 431),
    ]
    for row in cases {
      let status = try await Self.status(address + row.path, row.method, row.body, row.headers)
      #expect(status == row.status, "\(row.path) \(row.method)")
    }
    let outcome = try await program.end(with: SIGINT)
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardOutput.contains("refused     1 (unsigned 1)"))
  }

  private static func reviews(_ count: Int) -> String {
    (0..<count).map { _ in #"{"event": "pull_request_review"}"# }.joined(separator: ", ")
  }

  private static func status(
    _ address: String, _ method: String, _ body: Data?, _ headers: [String: String]
  ) async throws -> Int {
    var request = URLRequest(url: try #require(URL(string: address)))
    (request.httpMethod, request.httpBody) = (method, body)
    for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
    let asked = request
    return try await withCheckedThrowingContinuation { continuation in
      URLSession.shared.dataTask(with: asked) { _, response, error in
        if let status = (response as? HTTPURLResponse)?.statusCode {
          continuation.resume(returning: status)
        } else {
          continuation.resume(throwing: error ?? CocoaError(.fileReadUnknown))
        }
      }.resume()
    }
  }

  /// A GitHub, a file for the store and the secret.
  private struct Place: PeerWorld {
    let peers: Peers
    let truth: Truth
    var service: Peers.Ready.Service { peers.ready.github }
    let folder: ScratchFolder
    private let database: SQLiteDatabase

    init() async throws {
      peers = try await Peers(repositories: 2, changes: 12, truth: true)
      truth = try peers.takeTruth()
      folder = try ScratchFolder()
      database = try await SQLiteDatabase(at: URL(fileURLWithPath: folder["store.sqlite"]))
      try Data(secret.utf8).write(to: URL(fileURLWithPath: folder["secret"]))
    }

    var arguments: [String] { ["--secret-file", folder["secret"], "--store", "sqlite:\(folder["store.sqlite"])"] }

    var following: [String] {
      ["--github", truth.org, "--github-url", service.url, "--now", truth.now, "--cache", folder["cache"]]
    }

    var environment: [String: String] {
      var all = ProcessInfo.processInfo.environment
      all["GITHUB_TOKEN"] = service.tokens["classic-owner"]
      return all
    }

    func register(port: Int) async throws {
      let body = """
        {"name": "web", "events": ["pull_request", "pull_request_review", "issues"],
         "config": {"url": "http://127.0.0.1:\(port)/webhooks/github", "content_type": "form", "secret": "\(secret)"}}
        """
      _ = try await peers.control(service, "/orgs/\(truth.org)/hooks", post: body, headers: try headers)
    }

    func emit(_ json: String) async throws { try await control("emit", json) }

    func deliveries() async throws -> [Delivery] {
      struct Hook: Decodable { var id: Int }
      let hooks = try await peers.control(service, "/orgs/\(truth.org)/hooks", headers: try headers)
      let hook = try #require(try JSONDecoder().decode([Hook].self, from: hooks).first)
      let rows = try await peers.control(
        service, "/orgs/\(truth.org)/hooks/\(hook.id)/deliveries?per_page=100", headers: try headers)
      return try JSONDecoder().decode([Delivery].self, from: rows)
    }

    /// How many events are in the file and not followed.
    func waiting() async throws -> Int {
      let counts = try await database.jobQueue().counts()
      return counts.due + counts.delayed + counts.claimed
    }

    private var headers: [String: String] {
      get throws {
        ["Authorization": "Bearer \(try service.secret("classic-owner").reveal())", "User-Agent": "koalr-tests"]
      }
    }
  }
}
#endif
