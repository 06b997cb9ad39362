public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubOAuth {
  public func exchange(_ code: Secret, for pending: PendingAuthorization) async throws -> OAuthGrant {
    let form = [
      ("code", code.reveal()), ("redirect_uri", pending.redirect.absoluteString), ("code_verifier", pending.verifier.reveal()),
    ]
    return try await grant(form, operation: "exchange the code for a token", redirect: pending.redirect)
  }

  public func refresh(_ grant: OAuthGrant) async throws -> OAuthGrant {
    let operation = "renew the token"
    guard let refreshToken = grant.refreshToken else {
      throw error(.unauthorized, operation, "it came without a refresh token; authorise again")
    }
    let form = [("grant_type", "refresh_token"), ("refresh_token", refreshToken.reveal())]
    return try await self.grant(form, operation: operation, redirect: nil)
  }
}

extension GitHubOAuth {
  /// The most bytes of an answer that are read.
  private static let maximumAnswer = 65_536

  private func grant(_ fields: [(String, String)], operation: String, redirect: URL?) async throws -> OAuthGrant {
    let all = [("client_id", client.id), ("client_secret", client.secret.reveal())] + fields
    let body = all.map { "\(URL.percentEncoded($0))=\(URL.percentEncoded($1))" }.joined(separator: "&")
    let asked = clock.now()
    // What it sends works once: an answer that got lost cannot be asked for again.
    let request = HTTPRequest(
      "POST", host.accessTokenURL,
      headers: [
        "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded",
        "User-Agent": GitHubHeaders.standard["User-Agent"] ?? "",
      ], body: Data(body.utf8), operation: operation, isIdempotent: false)
    let response = try await web.send(request)
    guard response.status == 200 else { throw refused(response, operation) }
    guard response.body.count <= Self.maximumAnswer else {
      throw error(.tooLarge, operation, "the answer is larger than \(Self.maximumAnswer) bytes")
    }
    let wire = try response.json(OAuthTokenWire.self, service: .gitHub, operation: operation)
    if let word = wire.error { throw OAuthRefusal(word).error(operation, redirect: redirect) }
    guard let grant = wire.grant(asked: asked) else {
      throw error(.unexpectedResponse, operation, "GitHub's answer has no usable token; see that the address is that of GitHub")
    }
    return grant
  }

  private func refused(_ response: HTTPResponse, _ operation: String) -> IntegrationError {
    guard response.status == 404 else { return GitHubFailure(response, clock: clock).error(operation: operation) }
    return error(
      .misconfigured, operation, "there is no such OAuth app at this address; check the address of GitHub and the client id")
  }
}

/// The answer to an exchange: tokens, or an error under HTTP 200.
struct OAuthTokenWire: Decodable {
  var accessToken: String?
  var tokenType: String?
  var scope: String?
  var expiresIn: Int?
  var refreshToken: String?
  var refreshTokenExpiresIn: Int?
  var error: String?

  private enum CodingKeys: String, CodingKey {
    case accessToken = "access_token"
    case tokenType = "token_type"
    case scope
    case expiresIn = "expires_in"
    case refreshToken = "refresh_token"
    case refreshTokenExpiresIn = "refresh_token_expires_in"
    case error
  }

  /// The longest life that is believed, in seconds: ten years.
  private static let longestLife = 315_360_000
  /// The most scopes that are kept.
  private static let mostScopes = 100

  /// The grant; `nil` without a token that can be sent. Lives are counted from the moment before the request, so that nothing is
  /// believed to live longer than it does.
  func grant(asked: Date) -> OAuthGrant? {
    guard tokenType?.lowercased() ?? "bearer" == "bearer", let accessToken = accessToken.flatMap(Secret.init),
      accessToken.isPlainToken
    else { return nil }
    let refreshToken = refreshToken.flatMap(Secret.init)
    guard refreshToken?.isPlainToken ?? true else { return nil }
    let scopes = (scope ?? "").split { $0 == "," || $0 == " " }.prefix(Self.mostScopes).map { String($0.prefix(100)) }
    return OAuthGrant(
      accessToken: accessToken, refreshToken: refreshToken, expiresAt: end(expiresIn, asked),
      refreshExpiresAt: end(refreshTokenExpiresIn, asked), scopes: scopes)
  }

  private func end(_ seconds: Int?, _ asked: Date) -> Date? {
    seconds.flatMap { $0 > 0 ? asked.addingTimeInterval(TimeInterval(min($0, Self.longestLife))) : nil }
  }
}
