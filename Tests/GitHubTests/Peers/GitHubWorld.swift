import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport

/// One running set of peers with its truth, and adapters that talk to it.
struct GitHubWorld: PeerWorld {
  let peers: Peers
  let truth: Truth
  var service: Peers.Ready.Service { peers.ready.github }
  let observer = RecordingObserver()

  init(seed: Int = 1, repositories: Int = 8, changes: Int = 14, _ arguments: [String] = []) async throws {
    peers = try await Peers(seed: seed, repositories: repositories, changes: changes, truth: true, arguments)
    truth = try peers.takeTruth()
  }

  /// An adapter with one of the peers' tokens; pauses pass at once.
  func gitHub(
    _ token: String = "classic-owner", organizations: [String]? = nil, clock: (any WallClock)? = nil,
    maximumWait: Duration = GitHubCodeHost.standardMaximumWait
  ) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organizations: organizations ?? [truth.org], token: try service.secret(token), webURL: try service.address(),
      transport: URLSessionTransport(), clock: clock ?? ManualClock(startingAt: now, skipsSleep: true), observer: observer,
      maximumWait: maximumWait)
  }

  var points: Int {
    observer.events.reduce(0) { sum, event in
      if case .charge(_, "points", let amount) = event { sum + amount } else { sum }
    }
  }

  func requests(_ resource: String) -> Int {
    observer.events.count { event in
      if case .request(_, resource, _, _, _) = event { true } else { false }
    }
  }
}
