import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport

/// One running set of peers with its truth, and adapters that talk to it.
struct PeerWorld {
  let peers: Peers
  let truth: Truth
  let observer = RecordingObserver()

  init(seed: Int = 1, repositories: Int = 8, changes: Int = 14, _ arguments: [String] = []) async throws {
    peers = try await Peers(seed: seed, repositories: repositories, changes: changes, truth: true, arguments)
    guard let file = peers.truth else { throw WorldTrouble(text: "The peers wrote no truth.") }
    truth = try Truth(file)
  }

  var since: Date { ISO8601Time.parse(truth.since) ?? .distantPast }

  /// An adapter with one of the peers' tokens; pauses pass at once.
  func gitHub(_ token: String = "classic-owner", clock: (any WallClock)? = nil) throws -> GitHubCodeHost {
    guard let secret = peers.ready.github.tokens[token].flatMap(Secret.init), let url = URL(string: peers.ready.github.url),
      let now = ISO8601Time.parse(truth.now)
    else { throw WorldTrouble(text: "The peers know no token \(token).") }
    return GitHubCodeHost(
      organization: truth.org, token: secret, webURL: url, transport: URLSessionTransport(),
      clock: clock ?? ManualClock(startingAt: now, skipsSleep: true), observer: observer)
  }

  func fault(_ rules: String) async throws { _ = try await peers.control(peers.ready.github, "/_peer/faults", post: rules) }

  func complaints() async throws -> [String] { try await peers.complaints(peers.ready.github) }

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

/// Why a world could not be set up.
struct WorldTrouble: Error {
  var text: String
}
