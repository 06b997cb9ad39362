import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks Codecov's API v2 and turns what it answers into values or errors.
struct CodecovClient: Sendable {
  let http: HTTPClient
  /// The API's address, with or without its version.
  let apiURL: URL
  let gitService: String
  /// The owners on the code host, at least one.
  let organizations: [String]

  /// Returns the decoded answer to a question.
  ///
  /// - Parameter path: the parts after the version; a part may hold any character.
  func get<Body: Decodable>(_ path: [String], query: [(String, String)] = [], operation: String) async throws -> Body {
    let response = try await send(path, query: query, operation: operation)
    guard response.status == 200 else { throw try await failure(response, operation: operation) }
    return try response.json(Body.self, service: .codecov, operation: operation)
  }

  /// The parts of a repository's paths.
  func path(_ repository: RepositoryName, _ last: String) -> [String] {
    [gitService, repository.owner, "repos", repository.name, last]
  }

  func send(_ path: [String], query: [(String, String)], operation: String) async throws -> HTTPResponse {
    let version = apiURL.path.split(separator: "/").suffix(2) == ["api", "v2"] ? [] : ["api", "v2"]
    // Lists and details take a slash at the end, and the list of owners redirects without one.
    let url = try apiURL.endpoint(
      version + path, query: query.map { (name: $0.0, value: $0.1) }, trailingSlash: true, service: .codecov, operation: operation
    )
    return try await http.send(HTTPRequest("GET", url, headers: ["Accept": "application/json"], operation: operation))
  }

  func error(
    _ code: IntegrationError.Code, _ operation: String, _ reason: String, retry: IntegrationError.RetryAdvice? = nil
  ) -> IntegrationError {
    IntegrationError(code, service: .codecov, operation: operation, reason: reason, retry: retry)
  }
}
