import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks REST for what GraphQL does not have.
struct RESTClient: Sendable {
  let client: HTTPClient
  let address: URL

  /// Returns the answer to a GET, whatever its status.
  func get(
    _ segments: [String], query: [(name: String, value: String?)] = [], operation: String
  ) async throws -> HTTPResponse {
    let url = try address.endpoint(segments, query: query, service: .gitHub, operation: operation)
    return try await client.send(HTTPRequest("GET", url, headers: GitHubHeaders.standard, operation: operation))
  }
}
