import Foundation
import KoalrCodecov
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
    peers = try await Peers(seed: seed, repositories: seed == Self.faults ? 8 : 14, changes: 60, truth: true)
    let file = try #require(peers.truth)
    truth = try JSONDecoder().decode(Truth.self, from: try Data(contentsOf: file))
    // Nothing releases a world before the process ends, so nothing else would remove it.
    try FileManager.default.removeItem(at: file)
  }

  func codecov(
    _ token: String = "member", organization: String? = nil, address: String = "", clock: InstantClock = InstantClock()
  ) throws -> CodecovCoverage {
    let secret = try #require(Secret(peers.ready.codecov.tokens[token] ?? token))
    let url = try #require(URL(string: peers.ready.codecov.url + address))
    return CodecovCoverage(
      organization: organization ?? truth.org, token: secret, apiURL: url, transport: URLSessionTransport(), clock: clock)
  }

  func fault(_ json: String) async throws {
    _ = try await peers.control(peers.ready.codecov, "/_peer/faults", post: json)
  }

  func reset() async throws { _ = try await peers.control(peers.ready.codecov, "/_peer/reset", post: "{}") }

  func complaints() async throws -> [String] { try await peers.complaints(peers.ready.codecov) }
}
