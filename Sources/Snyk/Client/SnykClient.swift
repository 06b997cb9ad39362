import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks Snyk's two APIs and turns what they answer into values or errors.
struct SnykClient: Sendable {
  let http: HTTPClient
  /// The address that both APIs share, with or without `/rest`.
  let apiURL: URL
  /// Where the token says that it belongs to.
  let regionHost: String?

  /// The version every REST call names; the newest endpoint version up to this day answers.
  static let version = "2024-10-15"

  /// Snyk's 429 has no header and lasts for the rest of the minute.
  static let retryPolicy = RetryPolicy(verdict: { response in
    guard response.status == 429, response.headers["Retry-After"] == nil else { return nil }
    return .retry(after: minute, reason: "Snyk's limit for this minute is used up")
  })
  static let minute: Duration = .seconds(60)

  /// Returns the decoded answer of the REST API.
  func rest<Body: Decodable>(
    _ path: [String], query: KeyValuePairs<String, String?>, operation: String
  ) async throws -> Body {
    let url = try endpoint("rest", path, query: query, operation: operation)
    let request = HTTPRequest("GET", url, headers: ["Accept": "application/vnd.api+json"], operation: operation)
    return try await answer(request)
  }

  /// Returns a project's open problems from the v1 API. It is a `POST` because of its filters, and a read.
  func aggregatedIssues(of project: String, in organization: String) async throws -> AggregatedIssuesWire {
    let operation = "read fix versions of project \(project)"
    let path = ["org", organization, "project", project, "aggregated-issues"]
    let request = HTTPRequest(
      "POST", try endpoint("v1", path, query: [:], operation: operation),
      headers: ["Accept": "application/json", "Content-Type": "application/json"],
      body: try JSONEncoder().encode(AggregatedIssuesQuery()), operation: operation, resource: "v1", isIdempotent: true)
    return try await answer(request)
  }

  func error(
    _ code: IntegrationError.Code, _ operation: String, _ reason: String, retry: IntegrationError.RetryAdvice? = nil
  ) -> IntegrationError {
    IntegrationError(code, service: .snyk, operation: operation, reason: reason, retry: retry)
  }

  private func answer<Body: Decodable>(_ request: HTTPRequest) async throws -> Body {
    let response = try await http.send(request)
    guard response.status == 200 else { throw failure(response, operation: request.operation) }
    return try response.json(Body.self, service: .snyk, operation: request.operation)
  }

  private func endpoint(
    _ api: String, _ path: [String], query: KeyValuePairs<String, String?>, operation: String
  ) throws -> URL {
    var base = apiURL
    if base.lastPathComponent == "rest" { base.deleteLastPathComponent() }
    let fields = query.map { (name: $0.key, value: $0.value) }
    return try base.endpoint([api] + path, query: fields, service: .snyk, operation: operation)
  }
}
