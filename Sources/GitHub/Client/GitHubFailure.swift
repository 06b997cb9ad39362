import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Reads what a refusal means from its status, headers and text.
struct GitHubFailure {
  private let response: HTTPResponse
  private let clock: any WallClock
  private let message: String

  /// Reads an answer; a message that came inside of it may be given.
  init(_ response: HTTPResponse, clock: any WallClock, message: String? = nil) {
    self.response = response
    self.clock = clock
    self.message = message ?? NoticeWire(response.body)?.message ?? ""
  }

  /// Whether single sign-on is in the way.
  var needsSingleSignOn: Bool {
    response.headers["X-GitHub-SSO"]?.hasPrefix("required") == true || message.contains("SAML enforcement")
  }

  /// The refusal as an error with what to do next.
  func error(operation: String) -> IntegrationError {
    switch response.status {
    case 401: make(.unauthorized, operation, Advice.deadToken)
    case 403, 429: isRateLimit ? rateLimited(operation: operation) : make(.forbidden, operation, forbiddenReason)
    case 404: make(.notFound, operation, Advice.notFound)
    case 500...599:
      make(.unavailable, operation, "GitHub failed (status \(response.status)); try again later, and see githubstatus.com")
    case 300...399:
      make(.unexpectedResponse, operation, "GitHub redirects to another place (status \(response.status)); check the address")
    default: make(.unexpectedResponse, operation, "GitHub answered with status \(response.status)")
    }
  }

  /// A used-up budget or a secondary limit, with the time to come back.
  func rateLimited(operation: String) -> IntegrationError {
    let pause =
      GitHubRetry.namedPause(response) ?? LimitReading(response, now: clock.now()).resetsIn ?? GitHubRetry.secondaryPause
    let what =
      if GitHubRetry.isSecondaryLimit(message) {
        "GitHub's secondary rate limit was reached"
      } else if response.headers["Retry-After"] != nil {
        "GitHub asked to slow down"
      } else {
        "GitHub's hourly budget is used up"
      }
    return IntegrationError(
      .rateLimited, service: .gitHub, operation: operation,
      reason: "\(what); it can go on in \(pause.components.seconds) seconds", retry: .after(pause))
  }

  private var isRateLimit: Bool {
    response.status == 429 || LimitReading(response, now: clock.now()).refusal != nil || message.contains("rate limit")
  }

  private var forbiddenReason: String {
    if needsSingleSignOn { return Advice.singleSignOn }
    if message.contains("OAuth App access restrictions") { return Advice.restrictedApp }
    if let accepted = response.headers["X-Accepted-GitHub-Permissions"], accepted.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) {
      return "the token lacks a permission; give it \(accepted.prefix(100))"
    }
    if let accepted = response.headers["X-Accepted-OAuth-Scopes"], !accepted.isEmpty {
      return "the token lacks a scope; it needs one of: \(accepted.prefix(100))"
    }
    return Advice.forbidden
  }

  private func make(_ code: IntegrationError.Code, _ operation: String, _ reason: String) -> IntegrationError {
    IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }
}
