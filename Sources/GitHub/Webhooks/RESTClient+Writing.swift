import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

extension RESTClient {
  /// Returns the answer to one of the few requests that change something, whatever its status.
  func write(
    _ method: String, _ segments: [String], body: HookBody?, operation: String, isIdempotent: Bool
  ) async throws -> HTTPResponse {
    let url = try address.endpoint(segments, query: [], service: .gitHub, operation: operation)
    let headers = body == nil ? GitHubHeaders.standard : GitHubHeaders.standard.with("Content-Type", "application/json")
    let encoded = try body.map { try JSONEncoder().encode($0) }
    return try await client.send(
      HTTPRequest(method, url, headers: headers, body: encoded, operation: operation, isIdempotent: isIdempotent))
  }

  /// Returns the next page of a list, whatever its status.
  ///
  /// - Throws: `IntegrationError` for a position that is none of ours: the credential does not belong to another host.
  func get(at cursor: Cursor, operation: String) async throws -> HTTPResponse {
    guard let url = URL(string: cursor.rawValue), url.hasSameOrigin(as: address) else {
      throw IntegrationError(
        .misconfigured, service: .gitHub, operation: operation,
        reason: "the saved position is none of this adapter's; begin the list anew")
    }
    return try await client.send(HTTPRequest("GET", url, headers: GitHubHeaders.standard, operation: operation))
  }
}
