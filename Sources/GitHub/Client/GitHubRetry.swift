import KoalrDomain
import KoalrHTTPTransport

/// When GitHub is asked again.
///
/// Source: docs.github.com, "Best practices for using the REST API", "Handle rate limit errors appropriately".
enum GitHubRetry {
  /// The least to wait after a secondary limit that names no time.
  static let secondaryPause: Duration = .seconds(60)

  static let policy = RetryPolicy(verdict: verdict)

  /// Judges an answer; `nil` leaves it to the usual rules.
  @Sendable static func verdict(_ response: HTTPResponse) -> RetryVerdict? {
    switch response.status {
    // The budget has waited already, as long as it may.
    case 403, 429: .accept
    // GraphQL's time limit: the same question again would take as long. The client asks a smaller one.
    case 502, 504: response.url.path().hasSuffix("/graphql") ? .accept : nil
    default: nil
    }
  }

  /// Whether the text is one of those GitHub has used for its secondary limits.
  static func isSecondaryLimit(_ text: String) -> Bool {
    text.contains("secondary rate limit") || text.contains("abuse detection")
  }

  /// The pause in `Retry-After`, which GitHub gives in seconds.
  static func namedPause(_ response: HTTPResponse) -> Duration? {
    response.retryAfter ?? response.headers["Retry-After"].flatMap { Int($0) }.map { .seconds(max(0, min($0, 86_400))) }
  }
}
