import Foundation
import KoalrCodecov
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting
import PeerSupport
import Testing

/// One set of peers for all contracts, with its repositories.
struct AdapterWorld: Sendable {
  let peers: Peers
  let repositories: [Repository]
  let now: Date
  let since: Date

  /// The first caller starts the peers, the others wait for them.
  static func shared() async throws -> AdapterWorld { try await worlds.value("shared", make: make) }

  func gitHub(token: String = "classic-owner") throws -> GitHubCodeHost { try Self.gitHub(peers, token: token, now: now) }

  func codecov(token: String = "member") throws -> CodecovCoverage {
    CodecovCoverage(
      organization: peers.ready.org, token: try secret(peers.ready.codecov, token), apiURL: try url(peers.ready.codecov),
      transport: URLSessionTransport(), clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  func snyk(secret named: String? = nil) throws -> SnykVulnerabilities {
    let secret = try named.flatMap(Secret.init) ?? secret(peers.ready.snyk, "readOnly")
    return SnykVulnerabilities(
      organization: nil, token: secret, apiURL: try url(peers.ready.snyk), transport: URLSessionTransport(),
      clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  func secret(_ service: Peers.Ready.Service, _ name: String) throws -> Secret { try Self.secret(service, name) }

  private func url(_ service: Peers.Ready.Service) throws -> URL { try #require(URL(string: service.url)) }

  private static func secret(_ service: Peers.Ready.Service, _ name: String) throws -> Secret {
    try #require(service.tokens[name].flatMap(Secret.init))
  }

  private static func gitHub(_ peers: Peers, token: String, now: Date) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organization: peers.ready.org, token: try secret(peers.ready.github, token),
      webURL: try #require(URL(string: peers.ready.github.url)), transport: URLSessionTransport(),
      clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  private static let worlds = Once<String, AdapterWorld>()

  private static func make() async throws -> AdapterWorld {
    let peers = try await Peers(repositories: 6, changes: 12)
    let now = try #require(ISO8601Time.parse(peers.ready.now))
    let host = try gitHub(peers, token: "classic-owner", now: now)
    var repositories: [Repository] = []
    var cursor: Cursor?
    repeat {
      let page = try await host.repositories(after: cursor)
      repositories += page.elements.map(\.repository)
      cursor = page.next
    } while cursor != nil
    return AdapterWorld(peers: peers, repositories: repositories, now: now, since: now.addingTimeInterval(-90 * 86_400))
  }
}
