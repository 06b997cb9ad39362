import KoalrDomain
import KoalrIntegrationProtocols

/// A word by which GitHub says no, in a callback or in an answer with status 200.
///
/// Source: docs.github.com, "Troubleshooting authorization request errors" and "Troubleshooting OAuth app access token request errors".
struct OAuthRefusal {
  private let word: String

  init(_ word: String) { self.word = word }

  /// What it means and what to do next.
  func error(_ operation: String, redirect: URL?) -> IntegrationError {
    let (code, reason) = meaning(redirect)
    return IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }

  private func meaning(_ redirect: URL?) -> (IntegrationError.Code, String) {
    switch word {
    case "access_denied":
      (.forbidden, "the person said no on GitHub's page; begin the authorisation again and choose to authorise")
    case "application_suspended":
      (.forbidden, "GitHub has suspended the OAuth app; its owner has to ask GitHub's support, or use another app")
    case "bad_verification_code":
      (.unauthorized, "the code is wrong, was used before, or is older than ten minutes; begin the authorisation again")
    case "incorrect_client_credentials":
      (.misconfigured, "the client id or the client secret is wrong; copy both from the OAuth app's settings")
    case "redirect_uri_mismatch": (.misconfigured, mismatch(redirect))
    case "unverified_user_email":
      (.forbidden, "the account has no verified e-mail address; verify it in GitHub's settings and begin the authorisation again")
    case "bad_refresh_token":
      (.unauthorized, "the refresh token is wrong, expired, revoked or was used before; authorise again")
    default: (.unexpectedResponse, "GitHub refused\(shown); begin the authorisation again, and check the OAuth app's settings")
    }
  }

  private func mismatch(_ redirect: URL?) -> String {
    let address = redirect.map { $0.absoluteString.prefix { $0 != "?" } } ?? "its address"
    return "the OAuth app does not know the callback address \(address); add it in the app's settings"
  }

  /// The word, where it looks like one: it comes from outside.
  private var shown: String {
    let isWord = (1...40).contains(word.utf8.count) && word.utf8.allSatisfy { $0 == 0x5F || (0x61...0x7A).contains($0) }
    return isWord ? " (\(word))" : ""
  }
}
