public import KoalrDomain

/// The address that a service sent a person back to, taken apart (RFC 6749, sections 4.1.2 and 4.1.2.1; RFC 9207). Nothing in it
/// is to be believed before its state was compared.
public struct OAuthCallback: Sendable {
  /// The most bytes of such an address.
  public static let maximumBytes = 8192

  /// Scheme, host and port; `nil` where only path and query were given.
  public let origin: String?
  /// The path.
  public let path: String
  /// What should be the state of the pending authorisation.
  public let state: Secret?
  /// The code to exchange.
  public let code: Secret?
  /// The word for what went wrong: `access_denied`.
  public let error: String?
  /// Who says that they answer.
  public let issuer: URL?

  /// Takes an address apart; `nil` when it is too long, or says the same thing twice.
  public init?(_ url: URL) {
    guard url.absoluteString.utf8.count <= Self.maximumBytes,
      let parts = URLComponents(url: url, resolvingAgainstBaseURL: true)
    else { return nil }
    var fields: [String: String] = [:]
    for item in parts.queryItems ?? [] where ["state", "code", "error", "iss"].contains(item.name) {
      guard fields.updateValue(item.value ?? "", forKey: item.name) == nil else { return nil }
    }
    origin = Self.origin(of: parts)
    path = parts.percentEncodedPath
    state = fields["state"].flatMap(Secret.init)
    code = fields["code"].flatMap(Secret.init)
    error = fields["error"].flatMap { $0.isEmpty ? nil : $0 }
    if let text = fields["iss"] {
      guard let issuer = URL(string: text) else { return nil }
      self.issuer = issuer
    } else {
      issuer = nil
    }
  }

  /// Whether it is an answer at the address that a pending authorisation named. The query of that address does not count.
  public func answers(at redirect: URL) -> Bool {
    guard let parts = URLComponents(url: redirect, resolvingAgainstBaseURL: true) else { return false }
    return path == parts.percentEncodedPath && (origin == nil || origin == Self.origin(of: parts))
  }

  private static func origin(of parts: URLComponents) -> String? {
    guard let scheme = parts.scheme?.lowercased(), let host = parts.host?.lowercased() else { return nil }
    return "\(scheme)://\(host):\(parts.port ?? (scheme == "https" ? 443 : 80))"
  }
}
