import KoalrCore

/// A credential that is about to be saved.
enum NewCredential {
  case token(Secret)
  case oauth(OAuthGrant, OAuthClient)

  /// The token to test it with.
  var token: Secret {
    switch self {
    case .token(let token): token
    case .oauth(let grant, _): grant.accessToken
    }
  }
}
