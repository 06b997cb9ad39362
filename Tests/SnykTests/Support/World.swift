import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting
import PeerSupport
import Testing

/// One set of peers with its truth, shared by all tests that use the same seed; faults have a seed of their own.
struct World: PeerWorld {
  let peers: Peers
  let truth: Truth
  var service: Peers.Ready.Service { peers.ready.snyk }

  private static let worlds = Once<Int, World>()

  /// The seed for tests that break things; they run one after the other.
  static let faults = 3

  static func seed(_ seed: Int) async throws -> World {
    try await worlds.value(seed) { try await World(seed: seed) }
  }

  private init(seed: Int) async throws {
    peers = try await Peers(seed: seed, repositories: 60, changes: 6, truth: true)
    truth = try peers.takeTruth()
  }

  func snyk(
    _ token: String = "apiKey", organization: String? = nil, address: String = "", clock: ManualClock? = nil
  ) throws -> SnykVulnerabilities {
    SnykVulnerabilities(
      organization: organization, token: try service.secret(token), apiURL: try service.address(address),
      transport: URLSessionTransport(), clock: clock ?? ManualClock(startingAt: now, skipsSleep: true))
  }

  /// Every repository of the truth.
  func directory() throws -> RepositoryDirectory {
    RepositoryDirectory(try truth.repositories.map { try $0.discovered(in: truth.org) })
  }

  /// Everything a run gives, later rows in place of earlier ones.
  func all(of snyk: SnykVulnerabilities, since: String? = nil) async throws -> Run {
    let since = try since.map { try #require(ISO8601Time.parse($0)) } ?? self.since
    let repositories = try directory()
    let pages = try await AllPages { try await snyk.findings(in: repositories, since: since, after: $0) }
    return Run(
      findings: Dictionary(pages.elements.map { ($0.finding.issueID.rawValue, $0) }, uniquingKeysWith: { $1 }),
      gaps: pages.gaps, rows: pages.elements.count)
  }

  struct Run {
    var findings: [String: SecurityFinding]
    var gaps: [SourceGap]
    var rows: Int
  }
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
    let data = try await peers.control(service, "/_peer/log")
    return try JSONDecoder().decode(Log.self, from: data).endpoints.mapValues(\.requests)
  }
}
