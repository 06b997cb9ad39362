import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

/// What is sent to GitHub for an authorisation, byte for byte, and what its answers mean.
struct GitHubOAuthTests {
  private static let now = Date(timeIntervalSince1970: 1_800_000_000)

  static func url(_ text: String) throws -> URL { try #require(URL(string: text)) }
  static func secret(_ text: String) throws -> Secret { try #require(Secret(text)) }

  /// An app whose random bytes count up: 0…31 for the verifier, 32…63 for the state.
  static func app(
    web: String = "https://github.com", _ transport: StubTransport = StubTransport([]),
    clock: any WallClock = ManualClock(startingAt: now, skipsSleep: true)
  ) throws -> GitHubOAuth {
    let next = Mutex<UInt8>(0)
    return GitHubOAuth(
      client: OAuthClient(id: "Iv1.app", secret: try secret("the-app&its=secret")), webURL: try url(web), transport: transport,
      clock: clock,
      random: { count in
        next.withLock { next in
          defer { next += UInt8(count) }
          return (0..<count).map { next + UInt8($0) }
        }
      })
  }

  private static let verifier = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
  private static let challenge = "6oZqdX5MOLq_qBJ8vppAnT4fk6AP8UiP9zX8-Rev_9A"
  private static let state = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8"

  @Test func `the address asks for the five scopes with state and challenge`() throws {
    let (address, pending) = try Self.app().authorization(
      OAuthRequest(redirect: try Self.url("https://app.example/callback?from=koalr&x=1")))
    let key = Self.challenge
    #expect(
      address.absoluteString
        == "https://github.com/login/oauth/authorize?client_id=Iv1.app"
        + "&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Ffrom%3Dkoalr%26x%3D1"
        + "&scope=read%3Aorg%20read%3Auser%20repo%20admin%3Arepo_hook%20admin%3Aorg_hook&state=\(Self.state)"
        + "&code_challenge=\(key)&code_challenge_method=S256")
    #expect(pending.verifier.reveal() == Self.verifier && pending.state.reveal() == Self.state)
    #expect(pending.madeAt == Self.now && pending.expiresAt == Self.now.addingTimeInterval(600))
  }

  @Test(arguments: [
    ("https://github.com/", "https://github.com"), ("https://api.octo.ghe.com", "https://octo.ghe.com"),
    ("https://git.acme.example/", "https://git.acme.example"), ("http://127.0.0.1:4100", "http://127.0.0.1:4100"),
  ])
  func `every layout asks below its web address`(web: String, root: String) throws {
    let app = try Self.app(web: web)
    let request = OAuthRequest(
      redirect: try Self.url("http://127.0.0.1:8000/callback"), scopes: ["repo"], login: "octavia", choosesAccount: true)
    let address = try app.authorization(request).address.absoluteString
    #expect(address.hasPrefix(root + "/login/oauth/authorize?client_id=Iv1.app&"))
    #expect(address.contains("&scope=repo&") && address.hasSuffix("&login=octavia&prompt=select_account"))
    #expect(app.host.accessTokenURL.absoluteString == root + "/login/oauth/access_token")
    #expect(
      app.host.reviewURL(clientID: "Iv1.app").absoluteString == root + "/settings/connections/applications/Iv1.app")
  }

  @Test(arguments: [
    "http://app.example/callback", "app://callback", "https://me:pw@app.example/", "https://app.example/#x", "/callback",
  ])
  func `a callback address that others could read is refused`(redirect: String) throws {
    let error = #expect(throws: IntegrationError.self) {
      try Self.app().authorization(OAuthRequest(redirect: try Self.url(redirect)))
    }
    #expect(
      error?.description
        == "github: could not begin an authorisation: the callback address cannot be used; give an https address, or http on "
        + "127.0.0.1, without a fragment")
  }

  static let foreign =
    "the answer belongs to another authorisation, perhaps of somebody else; nothing was accepted, begin it again"

  @Test(arguments: [
    ("/cb?code=c1&state=\(state)", "c1"), ("https://app.example/cb?code=c1&state=\(state)", "c1"),
    ("https://APP.example:443/cb?x=2&state=\(state)&code=c1", "c1"),
    ("/cb?code=c1&state=\(state)&iss=https://github.com/login/oauth", "c1"),
    (
      "/cb?code=c1&state=\(state)&iss=https://evil.example",
      "another server than this GitHub gave the answer; nothing was accepted"
    ),
    ("/cb?code=c1&state=\(state)x", foreign), ("/cb?code=c1&state=", foreign), ("/cb?code=c1", foreign),
    ("/cb?code=c1&state=\(verifier)", foreign), ("/elsewhere?code=c1&state=\(state)", foreign),
    ("https://evil.example/cb?code=c1&state=\(state)", foreign), ("http://app.example/cb?code=c1&state=\(state)", foreign),
    ("/cb?error=access_denied", foreign),
    (
      "/cb?code=c1&code=c2&state=\(state)",
      "the address that the browser came back to makes no sense; begin it again"
    ),
    ("/cb?state=\(state)", "GitHub's answer has no code; begin it again"),
    ("/cb?state=\(state)&code=a%0d%0ab", "GitHub's answer has no code; begin it again"),
    (
      "/cb?state=\(state)&error=access_denied&error_description=sesame",
      "the person said no on GitHub's page; begin the authorisation again and choose to authorise"
    ),
    (
      "/cb?state=\(state)&error=application_suspended",
      "GitHub has suspended the OAuth app; its owner has to ask GitHub's support, or use another app"
    ),
    (
      "/cb?state=\(state)&error=redirect_uri_mismatch",
      "the OAuth app does not know the callback address https://app.example/cb; add it in the app's settings"
    ),
    (
      "/cb?state=\(state)&error=something_new",
      "GitHub refused (something_new); begin the authorisation again, and check the OAuth app's settings"
    ),
    (
      "/cb?state=\(state)&error=%3Cscript%3E",
      "GitHub refused; begin the authorisation again, and check the OAuth app's settings"
    ),
  ])
  func `a callback is believed or refused for one reason`(callback: String, expected: String) throws {
    let app = try Self.app()
    let pending = try app.authorization(OAuthRequest(redirect: try Self.url("https://app.example/cb?from=koalr"))).pending
    let outcome = Result { try app.code(from: try Self.url(callback), for: pending).reveal() }
    switch outcome {
    case .success(let code): #expect(code == expected)
    case .failure(let error): #expect("\(error)" == "github: could not finish an authorisation: \(expected)")
    }
  }

  @Test func `nothing is believed after ten minutes`() throws {
    let clock = ManualClock(startingAt: Self.now, skipsSleep: true)
    let app = try Self.app(clock: clock)
    let pending = try app.authorization(OAuthRequest(redirect: try Self.url("https://app.example/cb"))).pending
    let callback = try Self.url("/cb?code=c1&state=\(Self.state)")
    clock.advance(by: .seconds(599))
    #expect(try app.code(from: callback, for: pending).reveal() == "c1")
    clock.advance(by: .seconds(1))
    let error = #expect(throws: IntegrationError.self) { try app.code(from: callback, for: pending) }
    #expect(
      error?.description
        == "github: could not finish an authorisation: more than ten minutes have passed since it was begun; begin it again")
  }

  @Test func `an exchange sends the code and the verifier to the token address alone`() async throws {
    let stub = StubTransport([
      .on(
        "POST", "/login/oauth/access_token",
        json: """
          {"access_token": "gho_a", "expires_in": 28800, "refresh_token": "ghr_b", "refresh_token_expires_in": 15897600,
           "scope": "repo,read:org", "token_type": "bearer"}
          """)
    ])
    let app = try Self.app(stub)
    let pending = try app.authorization(OAuthRequest(redirect: try Self.url("https://app.example/cb"))).pending
    let grant = try await app.exchange(try Self.secret("c1"), for: pending)
    #expect(
      grant
        == OAuthGrant(
          accessToken: try Self.secret("gho_a"), refreshToken: try Self.secret("ghr_b"),
          expiresAt: Self.now.addingTimeInterval(28_800), refreshExpiresAt: Self.now.addingTimeInterval(15_897_600),
          scopes: ["repo", "read:org"]))
    let request = try #require(stub.requests.first)
    #expect(stub.requests.count == 1 && request.url.absoluteString == "https://github.com/login/oauth/access_token")
    #expect(request.headers["Accept"] == "application/json" && request.headers["Authorization"] == nil)
    #expect(request.headers["Content-Type"] == "application/x-www-form-urlencoded")
    #expect(
      String(decoding: request.body ?? Data(), as: UTF8.self)
        == "client_id=Iv1.app&client_secret=the-app%26its%3Dsecret&code=c1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb"
        + "&code_verifier=\(Self.verifier)")
  }

  @Test func `a refresh sends the refresh token once, also when the answer is lost`() async throws {
    let stub = StubTransport { _ in throw TransportError.unreachable("the connection broke") }
    let old = OAuthGrant(accessToken: try Self.secret("gho_a"), refreshToken: try Self.secret("ghr_b"))
    let error = await #expect(throws: IntegrationError.self) { try await Self.app(stub).refresh(old) }
    #expect(error?.code == .unavailable && stub.requests.count == 1)
    #expect(
      String(decoding: stub.requests[0].body ?? Data(), as: UTF8.self)
        == "client_id=Iv1.app&client_secret=the-app%26its%3Dsecret&grant_type=refresh_token&refresh_token=ghr_b")
    let bare = await #expect(throws: IntegrationError.self) {
      try await Self.app(stub).refresh(OAuthGrant(accessToken: try Self.secret("gho_a")))
    }
    #expect(
      bare?.description == "github: could not renew the token: it came without a refresh token; authorise again")
    #expect(stub.requests.count == 1)
  }

  @Test(arguments: [
    (
      "bad_verification_code", IntegrationError.Code.unauthorized,
      "the code is wrong, was used before, or is older than ten minutes; begin the authorisation again"
    ),
    (
      "incorrect_client_credentials", .misconfigured,
      "the client id or the client secret is wrong; copy both from the OAuth app's settings"
    ),
    (
      "redirect_uri_mismatch", .misconfigured,
      "the OAuth app does not know the callback address https://app.example/cb; add it in the app's settings"
    ),
    (
      "unverified_user_email", .forbidden,
      "the account has no verified e-mail address; verify it in GitHub's settings and begin the authorisation again"
    ),
    (
      "bad_refresh_token", .unauthorized,
      "the refresh token is wrong, expired, revoked or was used before; authorise again"
    ),
    (
      "unsupported_grant_type", .unexpectedResponse,
      "GitHub refused (unsupported_grant_type); begin the authorisation again, and check the OAuth app's settings"
    ),
  ])
  func `an error under status 200 says what to do next`(
    word: String, code: IntegrationError.Code, reason: String
  ) async throws {
    let json = #"{"error": "\#(word)", "error_description": "sesame", "error_uri": "https://sesame.example"}"#
    let stub = StubTransport([.on("POST", "/login/oauth/access_token", json: json)])
    let app = try Self.app(stub)
    let pending = try app.authorization(OAuthRequest(redirect: try Self.url("https://app.example/cb?x=y"))).pending
    let error = await #expect(throws: IntegrationError.self) {
      try await app.exchange(try Self.secret("c1"), for: pending)
    }
    #expect(error?.code == code)
    #expect(error?.description == "github: could not exchange the code for a token: \(reason)")
  }

  @Test(arguments: [
    (200, "{}", "GitHub's answer has no usable token; see that the address is that of GitHub"),
    (200, #"{"access_token": "a b"}"#, "GitHub's answer has no usable token; see that the address is that of GitHub"),
    (
      200, #"{"access_token": "gho_a", "token_type": "mac"}"#,
      "GitHub's answer has no usable token; see that the address is that of GitHub"
    ),
    (200, "access_token=gho_a&scope=repo", "the answer is not JSON of the expected form (status 200)"),
    (200, String(repeating: " ", count: 70_000), "the answer is larger than 65536 bytes"),
    (404, "<html>", "there is no such OAuth app at this address; check the address of GitHub and the client id"),
    (302, "", "GitHub redirects to another place (status 302); check the address"),
  ])
  func `an answer without a token is an error`(status: Int, body: String, reason: String) async throws {
    let stub = StubTransport([
      .on(
        "POST", "/login/oauth/access_token", status: status, headers: ["Location": "https://evil.example/"], json: body)
    ])
    let app = try Self.app(stub)
    let pending = try app.authorization(OAuthRequest(redirect: try Self.url("https://app.example/cb"))).pending
    let error = await #expect(throws: IntegrationError.self) {
      try await app.exchange(try Self.secret("c1"), for: pending)
    }
    #expect(error?.description == "github: could not exchange the code for a token: \(reason)")
    #expect(stub.requests.allSatisfy { $0.url.host() == "github.com" })
  }

  @Test(arguments: [
    ("https://github.com", "https://api.github.com"), ("https://octo.ghe.com", "https://api.octo.ghe.com"),
    ("https://git.acme.example", "https://git.acme.example/api/v3"),
  ])
  func `revoking sends the token in the body and the app in the header`(web: String, api: String) async throws {
    let stub = StubTransport { HTTPResponse(status: 204, url: $0.url) }
    let grant = OAuthGrant(accessToken: try Self.secret("gho_a"))
    for extent in OAuthRevocation.allCases {
      #expect(try await Self.app(web: web, stub).revoke(grant, extent: extent))
    }
    #expect(
      stub.requests.map { "\($0.method) \($0.url.absoluteString)" } == [
        "DELETE \(api)/applications/Iv1.app/token", "DELETE \(api)/applications/Iv1.app/grant",
      ])
    let basic = "Basic " + Data("Iv1.app:the-app&its=secret".utf8).base64EncodedString()
    #expect(stub.requests.allSatisfy { $0.headers["Authorization"] == basic })
    #expect(
      stub.requests.allSatisfy { String(decoding: $0.body ?? Data(), as: UTF8.self) == #"{"access_token":"gho_a"}"# })
  }

  @Test(arguments: [(404, false), (422, false)])
  func `a token that is not valid any more is no error`(status: Int, isRevoked: Bool) async throws {
    let stub = StubTransport { HTTPResponse(status: status, url: $0.url) }
    let grant = OAuthGrant(accessToken: try Self.secret("gho_a"))
    #expect(try await Self.app(stub).revoke(grant, extent: .token) == isRevoked)
  }

  @Test func `an app that GitHub does not accept is an error`() async throws {
    let stub = StubTransport { HTTPResponse(status: 401, url: $0.url) }
    let error = await #expect(throws: IntegrationError.self) {
      try await Self.app(stub).revoke(OAuthGrant(accessToken: try Self.secret("gho_a")), extent: .grant)
    }
    #expect(
      error?.description
        == "github: could not revoke the authorisation: GitHub does not accept the client id and secret; check them in the OAuth "
        + "app's settings")
  }

  @Test func `the first document's four scopes are asked for, and the organisation's webhooks, with reasons`() throws {
    #expect(GitHubScope.requested.map(\.name) == ["read:org", "read:user", "repo", "admin:repo_hook", "admin:org_hook"])
    #expect(GitHubScope.requested.filter { $0.unused != nil }.map(\.name) == ["repo", "admin:repo_hook"])
    #expect(try Self.app().requestedScopes == GitHubScope.requested)
    #expect(GitHubScope.serviceAccountAdvice.hasPrefix("Connect with a service account: "))
  }
}
