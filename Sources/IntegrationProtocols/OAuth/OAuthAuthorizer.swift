public import KoalrDomain

/// A service that people authorise in their browser, by OAuth 2 (RFC 6749) with a proof key (RFC 7636).
///
/// *Using one:* make an authorisation, keep its pending part, send the person to its address, and hand in the address that the service
/// sends them back to.
///
/// ```swift
/// let (address, pending) = try authorizer.authorization(OAuthRequest(redirect: callback))
/// // … the person comes back …
/// let grant = try await authorizer.grant(from: url, for: pending)
/// ```
///
/// *Writing one:* keep the promises of `OAuthAuthorizerContract`. Compare the state in constant time, before anything else of a
/// callback is believed. Secrets go to the service's own addresses, never into an address, a log or an error.
public protocol OAuthAuthorizer: Sendable {
  /// What is asked for unless a request says otherwise, each with its reason.
  var requestedScopes: [OAuthScope] { get }

  /// Makes an address for the person's browser, and what has to be kept until they come back. Asks nobody.
  ///
  /// - Throws: ``IntegrationError`` with `misconfigured` when the redirect cannot be used.
  func authorization(_ request: OAuthRequest) throws -> (address: URL, pending: PendingAuthorization)

  /// Returns the code in the address that the service sent the person back to, once it is sure that both belong together. Asks nobody.
  ///
  /// - Parameters:
  ///   - callback: as the browser has it, or its path and query alone.
  ///   - pending: what was kept when it was begun.
  /// - Throws: ``IntegrationError`` when it is too late, the answer belongs to another authorisation, or the person said no.
  func code(from callback: URL, for pending: PendingAuthorization) throws -> Secret

  /// Exchanges a code for tokens. A code works once: a lost answer means to authorise again.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func exchange(_ code: Secret, for pending: PendingAuthorization) async throws -> OAuthGrant

  /// Exchanges a refresh token for a new pair. The old pair stops working, so the new one has to be saved before it is used.
  ///
  /// - Throws: ``IntegrationError`` with `unauthorized` when a person has to authorise again, `CancellationError`.
  func refresh(_ grant: OAuthGrant) async throws -> OAuthGrant

  /// Takes back a token, or everything that the person allowed the app.
  ///
  /// - Returns: whether there was anything to take back; not, when the token had expired or was revoked before.
  /// - Throws: ``IntegrationError``, `CancellationError`.
  @discardableResult
  func revoke(_ grant: OAuthGrant, extent: OAuthRevocation) async throws -> Bool
}

extension OAuthAuthorizer {
  /// Returns the tokens for the address that the service sent the person back to.
  ///
  /// - Throws: as ``code(from:for:)`` and ``exchange(_:for:)``.
  public func grant(from callback: URL, for pending: PendingAuthorization) async throws -> OAuthGrant {
    try await exchange(try code(from: callback, for: pending), for: pending)
  }
}

/// How much is taken back.
public enum OAuthRevocation: String, Sendable, CaseIterable {
  /// The one token; the person's other connections through the app stay.
  case token
  /// All that the person allowed the app, with all its tokens.
  case grant
}
