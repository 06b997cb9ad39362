public import KoalrDomain

/// Where the token of a request comes from: a fixed one, or one that is renewed before it expires.
///
/// *Using one:* a `Secret` is a source of itself. Ask for the token before each request, and once more when the service refused it.
/// *Writing one:* many requests ask at once; renew once for all of them. No token is in an error.
public protocol CredentialSource: Sendable {
  /// Returns the token to send now.
  ///
  /// - Throws: ``IntegrationError`` with `unauthorized` when there is none and a person has to authorise again, `CancellationError`.
  func token() async throws -> Secret

  /// Returns another token to try in place of one that the service refused (401), or `nil` when there is none.
  ///
  /// - Throws: as ``token()``.
  func replacement(for refused: Secret) async throws -> Secret?
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension Secret: CredentialSource {
  public func token() async throws -> Secret { self }
  public func replacement(for refused: Secret) async throws -> Secret? { nil }
}
