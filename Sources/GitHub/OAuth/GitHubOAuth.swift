public import KoalrCryptography
import KoalrDomain
public import KoalrHTTPTransport
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// An OAuth app on GitHub: the web flow with state and proof key, expiring tokens, and revocation.
///
/// ```swift
/// let gitHub = GitHubOAuth(client: OAuthClient(id: id, secret: secret), transport: transport)
/// let (address, pending) = try gitHub.authorization(OAuthRequest(redirect: callback))
/// ```
///
/// The client secret goes to GitHub's own token address in a body and to its API in a header, and nowhere else. Whose account a new
/// token belongs to says a connection test: people may switch accounts on the way.
/// Source: docs.github.com, "Authorizing OAuth apps" and "REST API endpoints for OAuth authorizations".
public struct GitHubOAuth: Sendable {
  /// The app.
  public let client: OAuthClient
  /// The addresses.
  public let host: GitHubHost

  let clock: any WallClock
  let random: @Sendable (Int) -> [UInt8]
  /// Sends without a credential.
  let web: HTTPClient
  /// Sends as the app.
  let application: HTTPClient

  /// Makes an authorizer; nothing is asked yet.
  ///
  /// - Parameters:
  ///   - client: the app's id and secret.
  ///   - webURL: where people look at this GitHub.
  ///   - transport: sends the requests.
  ///   - clock: for the time until something expires.
  ///   - observer: told of every request.
  ///   - random: gives as many random bytes as it is asked for; tests give fixed ones.
  public init(
    client: OAuthClient, webURL: URL = GitHubHost.dotCom.web, transport: some HTTPTransport, clock: any WallClock = .system,
    observer: any SyncObserver = .silent, random: @escaping @Sendable (Int) -> [UInt8] = { RandomBytes.make($0) }
  ) {
    self.client = client
    self.clock = clock
    self.random = random
    host = GitHubHost(webURL: webURL)
    web = .standard(
      service: .gitHub, origin: host.web, authorization: nil, transport: transport, retry: GitHubRetry.policy, clock: clock,
      observer: observer)
    // GitHub asks for Basic with a challenge that `URLSession` cannot answer, so the header is there from the beginning.
    application = .standard(
      service: .gitHub, origin: host.api, authorization: Self.basic(client), transport: transport, retry: GitHubRetry.policy,
      clock: clock, observer: observer)
  }

  private static func basic(_ client: OAuthClient) -> (scheme: String, secret: any CredentialSource)? {
    Secret(Data("\(client.id):\(client.secret.reveal())".utf8).base64EncodedString()).map { ("Basic", $0) }
  }

  func error(_ code: IntegrationError.Code, _ operation: String, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubOAuth: OAuthAuthorizer {
  public var requestedScopes: [OAuthScope] { GitHubScope.requested }
}
