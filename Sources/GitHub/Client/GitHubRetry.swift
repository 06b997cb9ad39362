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
    case 200 where !isSecondaryLimit(response): return nil
    case 403 where !isSecondaryLimit(response), 429 where !isSecondaryLimit(response): return spent(response)
    case 200, 403, 429:
      return .retry(after: namedPause(response) ?? secondaryPause, reason: "GitHub's secondary rate limit was reached")
    // GraphQL's time limit: the same question again would take as long. The client asks a smaller one.
    case 502, 504: return response.url.path().hasSuffix("/graphql") ? .accept : nil
    default: return nil
    }
  }

  // A used-up budget comes back with the hour: the caller decides what to do until then.
  private static func spent(_ response: HTTPResponse) -> RetryVerdict? {
    response.headers["X-RateLimit-Remaining"] == "0" || response.headers["Retry-After"] == nil ? .accept : nil
  }

  // Secondary limits come with 403, with 429 and, from GraphQL, with 200 and no data.
  private static func isSecondaryLimit(_ response: HTTPResponse) -> Bool {
    guard response.body.count < maximumNoticeBytes else { return false }
    if response.status == 200 {
      let envelope = try? JSONDecoder.koalr.decode(GraphQLEnvelope<NoticeWire>.self, from: response.body)
      return envelope?.data == nil && envelope?.errors.contains { isSecondaryLimit($0.message ?? "") } == true
    }
    return isSecondaryLimit(String(decoding: response.body, as: UTF8.self))
  }

  /// Whether the text is one of those GitHub has used for its secondary limits.
  static func isSecondaryLimit(_ text: String) -> Bool {
    text.contains("secondary rate limit") || text.contains("abuse detection")
  }

  /// The pause in `Retry-After`, which GitHub gives in seconds.
  static func namedPause(_ response: HTTPResponse) -> Duration? {
    response.retryAfter ?? response.headers["Retry-After"].flatMap { Int($0) }.map { .seconds(max(0, min($0, 86_400))) }
  }

  /// Longer bodies are data, not notices.
  private static let maximumNoticeBytes = 4096
}
