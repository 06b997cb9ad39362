import KoalrDomain
import KoalrIntegrationProtocols

extension GraphQLErrorWire {
  /// Whether a budget is used up: the old word, the one of 2026, and secondary limits, which come with either.
  var isRateLimit: Bool {
    type == "RATE_LIMITED" || type == "RATE_LIMIT" || message.map(GitHubRetry.isSecondaryLimit) == true
  }

  /// Whether a smaller question may succeed.
  var isOverload: Bool {
    type == "RESOURCE_LIMITS_EXCEEDED" || type == "TIMEOUT" || type == "MAX_NODE_LIMIT_EXCEEDED"
      || message?.hasPrefix("Something went wrong while executing your query") == true
  }

  /// The field it begins at: the alias of a question.
  var alias: String? {
    if case .field(let name) = path?.first { name } else { nil }
  }

  /// Whether its path goes through a field of this name.
  func passes(_ field: String) -> Bool { path?.contains(.field(field)) == true }

  /// Why, and what to do about it.
  var reason: String {
    if extensions?.samlFailure == true || message?.contains("SAML enforcement") == true { return Advice.singleSignOn }
    if message?.contains("OAuth App access restrictions") == true { return Advice.restrictedApp }
    switch type {
    case "NOT_FOUND": return Advice.notFound
    case "FORBIDDEN": return Advice.forbidden
    case "INSUFFICIENT_SCOPES": return "the token lacks a scope that this needs; add read:org and read:user"
    case _ where isOverload: return Advice.tooMuchAtOnce
    default: return "GitHub refused the question (\(safeType))"
    }
  }

  /// As the error of the whole question, or of one of its parts.
  func asIntegrationError(operation: String) -> IntegrationError {
    let code: IntegrationError.Code =
      switch type {
      case "NOT_FOUND": .notFound
      case "FORBIDDEN", "INSUFFICIENT_SCOPES": .forbidden
      case _ where isOverload: .unavailable
      default: .unexpectedResponse
      }
    return IntegrationError(code, service: .gitHub, operation: operation, reason: reason)
  }

  // A type is one of GitHub's words; anything else in its place is not repeated.
  private var safeType: String {
    guard let type, type.utf8.count <= 60, type.utf8.allSatisfy({ $0 == 0x5F || (0x41...0x5A).contains($0) }) else {
      return "no reason given"
    }
    return type
  }
}
