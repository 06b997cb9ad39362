import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import PeerSupport
import Testing

/// Authorising, renewing and revoking against a server that behaves like GitHub.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct GitHubOAuthPeerTests {
  private let peers: Peers
  private let app: GitHubOAuth
  private let browser = Browser()
  private let secrets = InMemorySecretStore()
  private let id = ConnectionID(unchecked: "work")

  init() async throws {
    peers = try await Peers(repositories: 2, changes: 2, ["--expiring-tokens"])
    let known = try #require(peers.ready.github.oauth)
    app = GitHubOAuth(
      client: OAuthClient(id: known.clientId, secret: try #require(Secret(known.clientSecret))),
      webURL: try peers.ready.github.address(), transport: URLSessionTransport())
  }

  private func callback(_ request: OAuthRequest) async throws -> (URL, PendingAuthorization) {
    let (address, pending) = try app.authorization(request)
    return (try #require(try await browser.open(address).location), pending)
  }

  private func grant(scopes: [String]? = nil) async throws -> OAuthGrant {
    let redirect = try #require(URL(string: "http://127.0.0.1:9/callback"))
    let (url, pending) = try await callback(OAuthRequest(redirect: redirect, scopes: scopes))
    return try await app.grant(from: url, for: pending)
  }

  private func control(_ json: String) async throws {
    _ = try await peers.control(peers.ready.github, "/_peer/oauth", post: json)
  }

  private func credential(_ grant: OAuthGrant) async throws -> RefreshingCredential {
    try await secrets.save(try grant.asSecret(), name: .oauthGrant, connection: id)
    return RefreshingCredential(connection: id, secrets: secrets, authorizer: app, service: .gitHub)
  }

  private func host(_ token: some CredentialSource) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organization: peers.ready.org, token: token, webURL: try peers.ready.github.address(), transport: URLSessionTransport())
  }

  private func log() async throws -> [String: Any] {
    let data = try await peers.control(peers.ready.github, "/_peer/log")
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  @Test func `a whole authorisation gives a token that can do everything`() async throws {
    let grant = try await grant()
    #expect(grant.scopes == GitHubScope.requested.map(\.name))
    #expect(grant.refreshToken != nil && grant.expiresAt != nil && grant.refreshExpiresAt != nil)
    let connection = try await host(grant.accessToken).testConnection()
    #expect(connection.status == .connected, "\(connection)")
    #expect(connection.message == "Successfully connected via octavia")
    #expect(try await peers.complaints(peers.ready.github) == [])
  }

  @Test func `a person who says no, and then yes`() async throws {
    let redirect = try #require(URL(string: "http://127.0.0.1:9/callback"))
    try await control(#"{"deny": "access_denied"}"#)
    let (denied, first) = try await callback(OAuthRequest(redirect: redirect))
    let error = #expect(throws: IntegrationError.self) { try app.code(from: denied, for: first) }
    #expect(error?.code == .forbidden)
    let (allowed, second) = try await callback(OAuthRequest(redirect: redirect))
    _ = try await app.grant(from: allowed, for: second)
    #expect(try await peers.complaints(peers.ready.github) == [])
  }

  @Test func `a sync of many requests over an expired token renews it once`() async throws {
    let old = try await grant()
    let credential = try await credential(old)
    try await control(#"{"expire": "\#(old.accessToken.reveal())"}"#)
    let host = try host(credential)
    try await withThrowingTaskGroup(of: Connection.Status.self) { group in
      for _ in 0..<8 { group.addTask { try await host.testConnection().status } }
      for try await status in group { #expect(status == .connected) }
    }
    let new = try #require(try await secrets.secret(.oauthGrant, connection: id).flatMap(OAuthGrant.init))
    #expect(new.accessToken != old.accessToken && new.refreshToken != old.refreshToken && new.scopes == old.scopes)
    #expect(try await credential.token() == new.accessToken)
    let row = (try await log()["endpoints"] as? [String: Any])?["POST /login/oauth/access_token"] as? [String: Any]
    #expect(row?["requests"] as? Int == 2, "one exchange and one refresh: \(String(describing: row))")
    #expect(try await peers.complaints(peers.ready.github) == [])
  }

  @Test func `a refresh token that was used elsewhere says to authorise again`() async throws {
    let old = try await grant()
    _ = try await app.refresh(old)
    let error = await #expect(throws: IntegrationError.self) { try await app.refresh(old) }
    #expect(
      error?.description
        == "github: could not renew the token: the refresh token is wrong, expired, revoked or was used before; authorise again")
    let connection = try await host(try await credential(old)).testConnection()
    #expect(connection.status == .failed)
    #expect(connection.message == "the refresh token is wrong, expired, revoked or was used before; authorise again")
  }

  @Test func `a token and a whole authorisation are revoked`() async throws {
    let (one, other) = (try await grant(), try await grant(scopes: ["repo"]))
    #expect(try await app.revoke(one, extent: .token))
    #expect(try await app.revoke(one, extent: .token) == false)
    #expect(try await host(one.accessToken).testConnection().status == .failed)
    #expect(try await host(other.accessToken).testConnection().status != .failed)
    #expect(try await app.revoke(other, extent: .grant))
    #expect(try await host(other.accessToken).testConnection().status == .failed)
  }

  @Test(arguments: ["POST /login/oauth/access_token", "DELETE /applications/{client_id}/token", "GET /user"])
  func `no secret follows a redirect to another host`(endpoint: String) async throws {
    let grant = try await grant()
    _ = try await peers.control(
      peers.ready.github, "/_peer/faults",
      post: #"{"kind": "redirect", "status": 307, "match": {"endpoint": "\#(endpoint)"}}"#)
    await #expect(throws: IntegrationError.self) {
      switch endpoint {
      case "GET /user": _ = try await host(try await credential(grant)).testConnection()
      case "POST /login/oauth/access_token": _ = try await app.refresh(grant)
      default: try await app.revoke(grant, extent: .token)
      }
    }
    let leaked = try await log()["leakedCredentials"] as? [Any]
    #expect(leaked?.isEmpty == true, "\(String(describing: leaked))")
  }
}
