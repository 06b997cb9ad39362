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
      organization: peers.ready.org, token: try peers.ready.codecov.secret(token), apiURL: try peers.ready.codecov.address(),
      transport: URLSessionTransport(), clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  func snyk(secret named: String? = nil) throws -> SnykVulnerabilities {
    SnykVulnerabilities(
      organization: nil, token: try peers.ready.snyk.secret(named ?? "readOnly"), apiURL: try peers.ready.snyk.address(),
      transport: URLSessionTransport(), clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  private static func gitHub(_ peers: Peers, token: String, now: Date) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organization: peers.ready.org, token: try peers.ready.github.secret(token), webURL: try peers.ready.github.address(),
      transport: URLSessionTransport(),
      clock: ManualClock(startingAt: now, skipsSleep: true))
  }

  /// What GitHub's lists bring.
  func items() async throws -> ItemSourceContract.Expected {
    let host = try gitHub()
    let found = try await AllPages { try await host.repositories(after: $0) }.elements
    return ItemSourceContract.Expected(
      repositories: found, changes: try await all { try await host.changes($0) },
      deployments: try await all { try await host.deployments($0) }, issues: try await all { try await host.issues($0) })
  }

  private func all<Element>(
    _ ask: @escaping ([RepositoryPageRequest]) async throws -> [RepositoryPage<Element>]
  ) async throws -> [Element] {
    var elements: [Element] = []
    for repository in repositories {
      elements += try await AllPages { cursor in
        let answers = try await ask([RepositoryPageRequest(repository: repository, since: since, after: cursor)])
        guard let answer = answers.first else { return Page([], next: nil) }
        return try answer.result.get()
      }.elements
    }
    return elements
  }

  private static let worlds = Once<String, AdapterWorld>()

  private static func make() async throws -> AdapterWorld {
    let peers = try await Peers(repositories: 6, changes: 12)
    let now = try #require(ISO8601Time.parse(peers.ready.now))
    let host = try gitHub(peers, token: "classic-owner", now: now)
    let repositories = try await AllPages { try await host.repositories(after: $0) }.elements.map(\.repository)
    return AdapterWorld(peers: peers, repositories: repositories, now: now, since: now.addingTimeInterval(-90 * 86_400))
  }
}
