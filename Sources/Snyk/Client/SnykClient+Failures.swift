import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

extension SnykClient {
  /// What an answer that is not a success means.
  func failure(_ response: HTTPResponse, operation: String) -> IntegrationError {
    switch response.status {
    case 401: error(.unauthorized, operation, "Snyk did not accept the token; \(tokenAdvice)")
    case 403:
      error(
        .forbidden, operation,
        "Snyk does not let this token do it; it needs the right to view the organisation, and a plan with API access")
    case 404: error(.notFound, operation, "Snyk does not know it here; check the organisation and the address of your region")
    case 410: error(.forbidden, operation, "Snyk has switched this part of its API off; look for a newer release of this package")
    case 429:
      error(
        .rateLimited, operation, "Snyk's limit of requests is used up for this minute",
        retry: .after(response.retryAfter ?? Self.minute))
    case 500...599: error(.unavailable, operation, "Snyk failed by itself (status \(response.status)); try again later")
    default: error(.unexpectedResponse, operation, "Snyk answered with status \(response.status)")
    }
  }

  /// Tokens of one region are unknown in another, which looks like a dead token.
  private var tokenAdvice: String {
    let advice = "make a new one (Snyk: Account settings → API token, or a service account of the organisation) and set it here"
    if let regionHost, regionHost != apiURL.host {
      return "it says that it belongs to \(regionHost): set that as Snyk's address, or \(advice)"
    }
    return "\(advice), and check that Snyk's address is that of your region"
  }
}
