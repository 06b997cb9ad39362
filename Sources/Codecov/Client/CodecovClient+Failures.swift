import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

extension CodecovClient {
  /// Why a token may not be what Codecov wants, for a person.
  static let tokenAdvice =
    "it needs an API token of a person (Codecov: avatar → Settings → Access; in older versions Account Settings → API Tokens), "
    + "not a repository's upload token; make a new one and set it here"

  static let seatAdvice = "a Codecov administrator has to activate a seat for this account (Members → Activate)"

  /// What an answer that is not a success means.
  ///
  /// Codecov passes errors of the code host on with their status. A 401 is therefore the token's fault only when the one
  /// endpoint that checks nothing else says so too; that costs one more request.
  func failure(_ response: HTTPResponse, operation: String) async throws -> IntegrationError {
    let detail = Self.detail(response)
    if response.status == 401 { return try await refused(operation: operation) }
    if Self.isProviderProblem(detail) { return providerFailure(response.status, detail, operation: operation) }
    switch response.status {
    case 403: return error(.forbidden, operation, "Codecov does not let this account see it; \(Self.seatAdvice)")
    case 404: return error(.notFound, operation, "Codecov does not know it, or the account may not know that it exists")
    case 429:
      return error(.rateLimited, operation, "Codecov asked to slow down", retry: response.retryAfter.map { .after($0) })
    case 500...599: return error(.unavailable, operation, "Codecov failed by itself (status \(response.status)); try again later")
    default: return error(.unexpectedResponse, operation, "Codecov answered with status \(response.status)")
    }
  }

  /// Whether the token is alive: the list of owners is the only answer that nobody gets without a valid one.
  func tokenIsAlive() async throws -> Bool {
    let operation = "check the Codecov token"
    let response = try await send([gitService], query: [("page_size", "1")], operation: operation)
    switch response.status {
    case 200: return true
    case 401: return false
    default: throw error(.unavailable, operation, "Codecov answered with status \(response.status); try again later")
    }
  }

  private func refused(operation: String) async throws -> IntegrationError {
    guard try await tokenIsAlive() else {
      return error(.unauthorized, operation, "Codecov did not accept the token: \(Self.tokenAdvice)")
    }
    return error(
      .forbidden, operation,
      "Codecov accepts the token, but the code host refused Codecov; log in to Codecov again so that it renews its access there")
  }

  private func providerFailure(_ status: Int, _ detail: String, operation: String) -> IntegrationError {
    if detail.contains("rate limit") {
      return error(.rateLimited, operation, "the code host asked Codecov to slow down; try again later")
    }
    return status >= 500
      ? error(.unavailable, operation, "the code host failed when Codecov asked it; try again later")
      : error(
        .forbidden, operation,
        "the code host did not give Codecov access; check Codecov's app there and log in to Codecov again")
  }

  /// Codecov names the code host in such errors: "Github API rate limit error: …".
  private static func isProviderProblem(_ detail: String) -> Bool {
    ["github api", "gitlab api", "bitbucket api"].contains { detail.hasPrefix($0) }
  }

  /// The error's text in lower case; used to tell cases apart, never shown.
  private static func detail(_ response: HTTPResponse) -> String {
    // An error page that is not JSON has no text to go by.
    guard let problem = try? ServiceJSON.decode(ProblemWire.self, from: response.body) else { return "" }
    return (problem.detail ?? problem.error ?? "").lowercased()
  }
}
