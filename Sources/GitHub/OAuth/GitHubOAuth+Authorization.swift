import KoalrCryptography
public import KoalrDomain
import KoalrHTTPTransport
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubOAuth {
  public func authorization(_ request: OAuthRequest) throws -> (address: URL, pending: PendingAuthorization) {
    let operation = "begin an authorisation"
    try check(request.redirect, operation)
    let pending: PendingAuthorization
    let challenge: String
    do throws(CryptographyError) {
      let key = try ProofKey(random: random)
      challenge = key.challenge
      pending = PendingAuthorization(
        state: try newState(), verifier: key.verifier, redirect: request.redirect,
        scopes: request.scopes ?? requestedScopes.map(\.name), madeAt: clock.now())
    } catch {
      throw self.error(.misconfigured, operation, error.reason)
    }
    let address = try host.web.endpoint(
      ["login", "oauth", "authorize"],
      query: [
        ("client_id", client.id), ("redirect_uri", request.redirect.absoluteString),
        ("scope", pending.scopes.joined(separator: " ")), ("state", pending.state.reveal()), ("code_challenge", challenge),
        ("code_challenge_method", "S256"), ("login", request.login),
        ("prompt", request.choosesAccount ? "select_account" : nil),
      ], service: .gitHub, operation: operation)
    return (address, pending)
  }

  public func code(from callback: URL, for pending: PendingAuthorization) throws -> Secret {
    let operation = "finish an authorisation"
    guard clock.now() < pending.expiresAt else {
      throw error(.unauthorized, operation, "more than ten minutes have passed since it was begun; begin it again")
    }
    guard let answer = OAuthCallback(callback) else {
      throw error(.unexpectedResponse, operation, "the address that the browser came back to makes no sense; begin it again")
    }
    guard answer.answers(at: pending.redirect), try isSame(answer.state, pending.state, operation) else {
      throw error(
        .forbidden, operation,
        "the answer belongs to another authorisation, perhaps of somebody else; nothing was accepted, begin it again")
    }
    guard answer.issuer.map({ $0.hasSameOrigin(as: host.web) }) ?? true else {
      throw error(.forbidden, operation, "another server than this GitHub gave the answer; nothing was accepted")
    }
    if let word = answer.error { throw OAuthRefusal(word).error(operation, redirect: pending.redirect) }
    guard let code = answer.code, code.isPlainToken else {
      throw error(.unexpectedResponse, operation, "GitHub's answer has no code; begin it again")
    }
    return code
  }
}

extension GitHubOAuth {
  private func newState() throws(CryptographyError) -> Secret {
    guard let state = Secret(Base64URL.encode(random(32))) else {
      throw CryptographyError(.failed, operation: "make a state", reason: "no random bytes were given.")
    }
    return state
  }

  /// Where a person may be sent back to: what travels there is as good as a token for whoever can read it on the way.
  private func check(_ redirect: URL, _ operation: String) throws {
    let isLocal = ["127.0.0.1", "localhost", "::1", "[::1]"].contains(redirect.host()?.lowercased())
    guard Origin(redirect) != nil, redirect.scheme?.lowercased() == "https" || isLocal, redirect.fragment() == nil else {
      throw error(
        .misconfigured, operation,
        "the callback address cannot be used; give an https address, or http on 127.0.0.1, without a fragment")
    }
  }

  private func isSame(_ given: Secret?, _ expected: Secret, _ operation: String) throws -> Bool {
    guard let given else { return false }
    do throws(CryptographyError) {
      return try constantTimeEqual(Array(given.reveal().utf8), Array(expected.reveal().utf8))
    } catch {
      throw self.error(.misconfigured, operation, error.reason)
    }
  }
}

extension Secret {
  /// The most bytes of a token or code that are believed.
  private static let longestToken = 1024

  /// Whether it may stand in a header: no spaces, no control characters, nothing beyond ASCII.
  var isPlainToken: Bool {
    let bytes = reveal().utf8
    return bytes.count <= Self.longestToken && bytes.allSatisfy { (0x21...0x7E).contains($0) }
  }
}
