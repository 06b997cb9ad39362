import KoalrCodecov
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport

/// One set of peers with its truth, shared by all tests that use the same seed; faults have a seed of their own.
struct World: PeerWorld {
  let peers: Peers
  let truth: Truth
  var service: Peers.Ready.Service { peers.ready.codecov }

  private static let worlds = Once<Int, World>()

  /// The seed for tests that break things; they run one after the other.
  static let faults = 3

  static func seed(_ seed: Int) async throws -> World {
    try await worlds.value(seed) { try await World(seed: seed) }
  }

  private init(seed: Int) async throws {
    peers = try await Peers(seed: seed, repositories: seed == Self.faults ? 8 : 14, changes: 60, truth: true)
    truth = try peers.takeTruth()
  }

  func codecov(
    _ token: String = "member", organization: String? = nil, address: String = "", clock: ManualClock? = nil
  ) throws -> CodecovCoverage {
    CodecovCoverage(
      organization: organization ?? truth.org, token: try service.secret(token), apiURL: try service.address(address),
      transport: URLSessionTransport(), clock: clock ?? ManualClock(startingAt: now, skipsSleep: true))
  }

  /// The repository as discovery finds it, but for its head: what is newest must follow from the reports alone.
  func repository(_ entry: Truth.Repository) throws -> Repository {
    var repository = try entry.discovered(in: truth.org)
    repository.headSHA = nil
    return repository
  }
}

extension Truth.Totals {
  var value: CoverageTotals { CoverageTotals(hits: hits, lines: lines) }
}
