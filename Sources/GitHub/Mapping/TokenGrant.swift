import KoalrDomain
import KoalrHTTPTransport

/// What the headers of an answer say about the token.
struct TokenGrant: Hashable, Sendable {
  /// The scopes with all they imply; `nil` for tokens that have permissions instead (fine-grained, installation).
  var scopes: Set<String>?
  /// The scopes it was given by name.
  var granted: [String]?
  /// The OAuth app it belongs to.
  var clientID: String?
  /// When it stops working.
  var expiresAt: Date?

  /// Reads the headers.
  init(_ headers: HTTPHeaders) {
    granted = headers["X-OAuth-Scopes"].map { $0.split(whereSeparator: { $0 == "," || $0 == " " }).map(String.init) }
    scopes = granted.map(Self.closure)
    clientID = headers["X-OAuth-Client-Id"].flatMap { $0.isEmpty ? nil : $0 }
    expiresAt = headers["GitHub-Authentication-Token-Expiration"].flatMap(Self.expiry)
  }

  /// Whether the token has a scope, directly or through a larger one; `nil` when it has no scopes at all.
  func allows(_ scope: String) -> Bool? { scopes?.contains(scope) }

  /// The kind of token: by its beginning, else by what only some kinds get.
  func kind(_ form: TokenForm) -> ConnectionDiagnosis.Credential.Kind? {
    if let kind = form.kind { return kind }
    guard scopes != nil else { return nil }
    return clientID == nil ? .classicToken : .oauth
  }

  /// The credential as a diagnosis shows it.
  func credential(_ form: TokenForm) -> ConnectionDiagnosis.Credential {
    ConnectionDiagnosis.Credential(
      kind: kind(form), scopes: granted?.sorted(),
      impliedScopes: scopes.map { $0.subtracting(granted ?? []).sorted() }, expiresAt: expiresAt)
  }

  /// Source: docs.github.com, "Scopes for OAuth apps".
  private static let implied: [String: [String]] = [
    "repo": ["repo:status", "repo_deployment", "public_repo", "repo:invite", "security_events", "admin:repo_hook"],
    "admin:repo_hook": ["write:repo_hook"],
    "write:repo_hook": ["read:repo_hook"],
    "admin:org": ["write:org", "manage_runners:org"],
    "write:org": ["read:org"],
    "user": ["read:user", "user:email", "user:follow"],
  ]

  private static func closure(_ granted: [String]) -> Set<String> {
    var found: Set<String> = []
    var open = granted
    while let scope = open.popLast() {
      if found.insert(scope).inserted { open += implied[scope] ?? [] }
    }
    return found
  }

  // `2026-11-25 12:00:00 UTC`, or with an offset in place of the letters.
  private static func expiry(_ text: String) -> Date? {
    let words = text.split(separator: " ")
    guard words.count == 3 else { return nil }
    return ISO8601Time.parse("\(words[0])T\(words[1])\(words[2] == "UTC" ? "Z" : words[2])")
  }
}
