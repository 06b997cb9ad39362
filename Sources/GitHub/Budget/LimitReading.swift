import KoalrDomain
import KoalrHTTPTransport

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// What an answer says about limits: in its headers, and where it is a refusal, in its status and text.
struct LimitReading: Hashable, Sendable {
  /// Why an answer is none.
  enum Refusal: Hashable, Sendable {
    /// Too much at a time; with the pause GitHub names, if it does.
    case tooFast(Duration?)
    /// The hour's budget is used up; with the time until it is back, if GitHub says.
    case usedUp(Duration?)
  }
  var refusal: Refusal?
  /// The hourly budget it was charged to.
  var resource: String?
  var remaining: Int?
  /// The time until that is back.
  var resetsIn: Duration?

  init(refusal: Refusal? = nil, resource: String? = nil, remaining: Int? = nil, resetsIn: Duration? = nil) {
    self.refusal = refusal
    self.resource = resource
    self.remaining = remaining
    self.resetsIn = resetsIn
  }

  /// Reads an answer; `now` is ours, for answers that do not show GitHub's.
  init(_ response: HTTPResponse, now: Date) {
    let headers = response.headers
    // A server without limits sends none of these, or zeros.
    if headers["X-RateLimit-Limit"].flatMap({ Int($0) }) != 0 {
      resource = headers["X-RateLimit-Resource"]
      remaining = headers["X-RateLimit-Remaining"].flatMap { Int($0) }
      resetsIn = Self.untilReset(response, now: now)
    }
    refusal = Self.refusal(response, remaining: remaining, resetsIn: resetsIn)
  }

  // The order is GitHub's: the pause it names, then the end of the hour, then a minute and longer.
  private static func refusal(_ response: HTTPResponse, remaining: Int?, resetsIn: Duration?) -> Refusal? {
    let named = GitHubRetry.namedPause(response)
    let text: LimitText
    switch response.status {
    case 200:
      guard let found = LimitText(graphQL: response) else { return nil }
      text = found
    case 403, 429:
      guard let found = LimitText(rest: response, remaining: remaining) else { return nil }
      text = found
    default: return nil
    }
    if text == .secondary || named != nil { return .tooFast(named) }
    return text == .primary ? .usedUp(resetsIn) : .tooFast(nil)
  }

  // One second more than GitHub says, and counted on GitHub's own clock where it shows it: ours may be off.
  private static func untilReset(_ response: HTTPResponse, now: Date) -> Duration? {
    guard let reset = response.headers["X-RateLimit-Reset"].flatMap({ Int($0) }), reset > 0 else { return nil }
    let shown = response.headers["Date"].flatMap(HTTPDate.parse) ?? now
    let seconds = Double(reset) - shown.timeIntervalSince1970 + 1
    return .seconds(min(longestWindow, max(1, seconds.rounded(.up))))
  }

  /// Budgets come back every hour.
  private static let longestWindow = 3660.0
}

/// Which of the limits the text of a refusal names.
private enum LimitText {
  case primary
  case secondary
  case neither

  /// Longer bodies are data, not notices.
  private static let maximumNoticeBytes = 4096

  /// From GraphQL, which refuses with status 200.
  init?(graphQL response: HTTPResponse) {
    guard response.url.path().hasSuffix("/graphql"), response.body.count < Self.maximumNoticeBytes,
      let envelope = try? ServiceJSON.decode(GraphQLEnvelope<NoticeWire>.self, from: response.body),
      let error = envelope.errors.first(where: \.isRateLimit)
    else { return nil }
    self = GitHubRetry.isSecondaryLimit(error.message ?? "") ? .secondary : .primary
  }

  /// From a 403 or 429; `nil` for a 403 that is about something else.
  init?(rest response: HTTPResponse, remaining: Int?) {
    let text = String(decoding: response.body.prefix(Self.maximumNoticeBytes), as: UTF8.self)
    if GitHubRetry.isSecondaryLimit(text) {
      self = .secondary
    } else if remaining == 0 || text.contains("rate limit exceeded") {
      self = .primary
    } else if response.status == 429 || response.headers["Retry-After"] != nil {
      self = .neither
    } else {
      return nil
    }
  }
}
