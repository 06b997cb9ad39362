import Foundation
import KoalrCore
import KoalrCryptography
import KoalrGitHistory
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport
import Testing

/// A running GitHub with a webhook, and a store that follows it.
struct FollowedWorld: PeerWorld {
  let peers: Peers
  let truth: Truth
  var service: Peers.Ready.Service { peers.ready.github }
  let store = InMemoryStore()
  let clock: ManualClock
  let queue = InMemoryJobQueue()
  let folder: ScratchFolder
  let receiver: WebhookReceiver
  let follower: Follower
  private let hook: Int

  static let connection = ConnectionID(unchecked: "github")
  static let secret = "a secret of this test"
  private static let events = [
    "push", "pull_request", "pull_request_review", "deployment", "deployment_status", "check_run", "status", "issues",
    "issue_comment", "membership", "organization", "repository",
  ]

  /// Starts the peers, registers a webhook that reaches nobody, and syncs.
  init(repositories: Int = 3, changes: Int = 12) async throws {
    peers = try await Peers(repositories: repositories, changes: changes, truth: true)
    truth = try peers.takeTruth()
    clock = ManualClock(startingAt: ISO8601Time.parse(truth.now) ?? .distantPast, skipsSleep: false)
    folder = try ScratchFolder()
    let sources = try Self.sources(peers, truth.org, clock, folder)
    follower = try Follower(sources: sources, store: store, queue: queue, connection: Self.connection, clock: clock)
    receiver = WebhookReceiver(
      reader: GitHubEventReader(secrets: [try #require(Secret(Self.secret))]), queue: queue, connection: Self.connection)
    hook = try await Self.register(peers, truth.org)
    let report = try await SyncEngine(sources: sources, store: store, clock: clock).run()
    #expect(report.isComplete, "\(report.gaps)")
  }

  private static func sources(
    _ peers: Peers, _ organization: String, _ clock: ManualClock, _ folder: ScratchFolder
  ) throws -> SyncSources {
    let token = try peers.ready.github.secret("classic-owner")
    let gitHub = GitHubCodeHost(
      organization: organization, token: token, webURL: try peers.ready.github.address(), connection: connection,
      transport: URLSessionTransport(), clock: clock)
    return SyncSources(codeHost: gitHub, history: ClonedGitHistory(cacheFolder: folder.url, token: token, clock: clock))
  }

  private static func register(_ peers: Peers, _ organization: String) async throws -> Int {
    let names = events.map { "\"\($0)\"" }.joined(separator: ", ")
    let body = """
      {"name": "web", "events": [\(names)],
       "config": {"url": "http://127.0.0.1:9/", "content_type": "json", "secret": "\(secret)"}}
      """
    let answer = try await peers.control(
      peers.ready.github, "/orgs/\(organization)/hooks", post: body, headers: try headers(peers))
    return try #require(try json(answer)["id"] as? Int)
  }

  private static func headers(_ peers: Peers) throws -> [String: String] {
    ["Authorization": "Bearer \(try peers.ready.github.secret("classic-owner").reveal())", "User-Agent": "koalr-tests"]
  }

  private static func json(_ data: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  /// Lets something happen, and hands what would have been delivered to the receiver.
  func emit(_ json: String) async throws {
    let before = Set(try await deliveries().map(\.id))
    try await control("emit", json)
    for delivery in try await deliveries().reversed() where !before.contains(delivery.id) {
      let detail = try await get("/orgs/\(truth.org)/hooks/\(hook)/deliveries/\(delivery.id)")
      let request = try #require(try Self.json(detail)["request"] as? [String: Any])
      let body = try JSONSerialization.data(withJSONObject: try #require(request["payload"]))
      var headers = try #require(request["headers"] as? [String: String])
      let code = try HMACSHA256.authenticationCode(for: body, key: Array(Self.secret.utf8))
      headers["X-Hub-Signature-256"] = "sha256=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      let answer = await receiver.handle(headers: headers, body: body)
      #expect(answer.status == 202, "\(answer)")
    }
  }

  private struct Row: Decodable { var id: Int }

  private func deliveries() async throws -> [Row] {
    try JSONDecoder().decode([Row].self, from: try await get("/orgs/\(truth.org)/hooks/\(hook)/deliveries?per_page=100"))
  }

  private func get(_ path: String) async throws -> Data {
    try await peers.control(service, path, headers: try Self.headers(peers))
  }

  /// Follows all that is due.
  func follow() async throws {
    while try await follower.followWaiting() > 0 {}
  }

  /// What the store holds that a new sync of the same world would not, or the other way round.
  ///
  /// When anything was pushed last is not compared: the peers move that time with everything that happens. Neither is what only
  /// runs say (checkpoints, certificates), nor what was asked about a change while it was open and stays when it is closed.
  func divergence() async throws -> String {
    let fresh = InMemoryStore()
    let other = try ScratchFolder()
    let report = try await SyncEngine(
      sources: try Self.sources(peers, truth.org, clock, other), store: fresh, clock: clock
    ).run()
    #expect(report.isComplete, "\(report.gaps)")
    let (found, expected) = (try await Self.lines(of: store), try await Self.lines(of: fresh))
    let (missing, extra) = (expected.subtracting(found), found.subtracting(expected))
    return
      (missing.sorted().prefix(3).map { "missing: \($0.prefix(900))" }
      + extra.sorted().prefix(3).map { "extra: \($0.prefix(900))" }).joined(separator: "\n")
  }

  private static func lines(of store: InMemoryStore) async throws -> Set<String> {
    var lines: Set<String> = []
    let open = Set(try await store.all(RecordQuery(Change.self)).filter { $0.state == .open }.map(\.id.rawValue))
    let ended = try await store.all(RecordQuery(ChangeDependencies.self)).map(\.changeID.rawValue).filter { !open.contains($0) }
    for try await bytes in StoreExport(store).lines {
      let line = String(decoding: bytes, as: UTF8.self)
      guard !["checkpoint", "certificate", "codeownersVersion"].contains(where: { line.hasPrefix(#"{"kind":"\#($0)""#) }) else {
        continue
      }
      let isDependencies = line.hasPrefix(#"{"kind":"dependencies""#)
      guard !isDependencies || !ended.contains(where: { line.contains("\"\($0)\"") }) else { continue }
      lines.insert(line.replacingOccurrences(of: #""pushedAt":"[^"]*",?"#, with: "", options: .regularExpression))
    }
    return lines
  }
}
