import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct OAuthContractTests {
  private static let peers = Once<String, Peers>()

  @Test(arguments: OAuthAuthorizerContract.Promise.allCases, [true, false])
  func `GitHub is an authorizer`(promise: OAuthAuthorizerContract.Promise, expires: Bool) async throws {
    let peers = try await Self.peers.value("\(expires)") {
      try await Peers(repositories: 2, changes: 2, expires ? ["--expiring-tokens"] : [])
    }
    let known = try #require(peers.ready.github.oauth)
    let client = OAuthClient(id: known.clientId, secret: try #require(Secret(known.clientSecret)))
    let address = try peers.ready.github.address()
    let contract = OAuthAuthorizerContract(redirect: try #require(URL(string: "http://127.0.0.1:9/callback"))) {
      GitHubOAuth(client: client, webURL: address, transport: URLSessionTransport())
    } browser: { _, page, agrees in
      let callback = try #require(try await Browser().open(page).location)
      guard !agrees else { return callback }
      // The peers say no to the next one who asks, whoever that is; here the answer is changed on its way back.
      var parts = try #require(URLComponents(url: callback, resolvingAgainstBaseURL: true))
      parts.queryItems = parts.queryItems?.filter { $0.name != "code" }
      parts.queryItems?.append(URLQueryItem(name: "error", value: "access_denied"))
      return try #require(parts.url)
    }
    try await contract.check(promise)
  }
}
