import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubOAuth {
  @discardableResult
  public func revoke(_ grant: OAuthGrant, extent: OAuthRevocation) async throws -> Bool {
    let operation = extent == .token ? "revoke the token" : "revoke the authorisation"
    let address = try host.api.endpoint(
      ["applications", client.id, extent.rawValue], service: .gitHub, operation: operation)
    let body = try JSONEncoder().encode(["access_token": grant.accessToken.reveal()])
    let response = try await application.send(
      HTTPRequest(
        "DELETE", address, headers: GitHubHeaders.standard.with("Content-Type", "application/json"), body: body,
        operation: operation))
    switch response.status {
    case 204: return true
    // GitHub does not tell a token that it does not know from an app that it does not know.
    case 404, 422: return false
    case 401:
      throw error(
        .misconfigured, operation, "GitHub does not accept the client id and secret; check them in the OAuth app's settings")
    default: throw GitHubFailure(response, clock: clock).error(operation: operation)
    }
  }
}
