import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport

extension Setup {
  /// An OAuth app on the GitHub at an address. Tokens live by the machine's clock, whatever moment a run looks from.
  static func authorizer(_ client: OAuthClient, _ address: ServiceAddress) -> any OAuthAuthorizer {
    GitHubOAuth(client: client, webURL: address.url, transport: URLSessionTransport())
  }
}
