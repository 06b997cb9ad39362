import Foundation
import KoalrSnyk
import KoalrCore
import KoalrHTTPTransport
import PeerSupport
import Testing

/// One set of peers with its truth, shared by all tests that use the same seed; faults have a seed of their own.
struct World: Sendable {
  let peers: Peers
  let truth: Truth

  private static let worlds = Once<Int, World>()

  /// The seed for tests that break things; they run one after the other.
  static let faults = 3

  static func seed(_ seed: Int) async throws -> World {
    try await worlds.value(seed) { try await World(seed: seed) }
  }

  private init(seed: Int) async throws {
    peers = try await Peers(seed: seed, repositories: 60, changes: 6, truth: true)
    let file = try #require(peers.truth)
    truth = try JSONDecoder().decode(Truth.self, from: try Data(contentsOf: file))
    // Nothing releases a world before the process ends, so nothing else would remove it.
    try FileManager.default.removeItem(at: file)
  }

  func snyk(
    _ token: String = "apiKey", organization: String? = nil, address: String = "", clock: InstantClock = InstantClock()
  ) throws -> SnykVulnerabilities {
    let secret = try #require(Secret(peers.ready.snyk.tokens[token] ?? token))
    let url = try #require(URL(string: peers.ready.snyk.url + address))
    return SnykVulnerabilities(
      organization: organization, token: secret, apiURL: url, transport: URLSessionTransport(), clock: clock)
  }

  /// Every repository of the truth.
  func directory() throws -> RepositoryDirectory {
    RepositoryDirectory(try truth.repositories.map { try $0.repository(of: truth.org) })
  }

  /// Everything a run gives, later rows in place of earlier ones.
  func all(of snyk: SnykVulnerabilities, since: String? = nil) async throws -> Run {
    let since = ISO8601Time.parse(since ?? truth.since) ?? .distantPast
    var run = Run()
    var cursor: Cursor?
    repeat {
      let page = try await snyk.findings(in: try directory(), since: since, after: cursor)
      for finding in page.elements { run.findings[finding.finding.issueID.rawValue] = finding }
      run.gaps += page.gaps
      run.rows += page.elements.count
      cursor = page.next
    } while cursor != nil
    return run
  }

  struct Run {
    var findings: [String: SecurityFinding] = [:]
    var gaps: [SourceGap] = []
    var rows = 0
  }

  func control(_ action: String, _ json: String) async throws {
    _ = try await peers.control(peers.ready.snyk, "/_peer/" + action, post: json)
  }

  func reset() async throws { try await control("reset", "{}") }

  func complaints() async throws -> [String] { try await peers.complaints(peers.ready.snyk) }
}

extension SecurityFinding {
  var finding: Finding {
    switch self {
    case .vulnerability(let one): one.finding
    case .license(let one): one.finding
    }
  }

  var vulnerability: Vulnerability? {
    guard case .vulnerability(let one) = self else { return nil }
    return one
  }
}

extension World {
  /// How often each endpoint was asked.
  func requests() async throws -> [String: Int] {
    struct Log: Decodable {
      var endpoints: [String: Row]
    }
    struct Row: Decodable {
      var requests: Int
    }
    let data = try await peers.control(peers.ready.snyk, "/_peer/log")
    return try JSONDecoder().decode(Log.self, from: data).endpoints.mapValues(\.requests)
  }
}
