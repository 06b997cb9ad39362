import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A page of a list and the position after its last row.
struct SnykPage<Row: Sendable>: Sendable {
  var rows: [Row]
  var next: String?
}

extension SnykClient {
  /// More pages than any list has; a list that goes on past it is refused.
  static let mostPages = 10_000
  /// The longest position, in bytes; real ones are a tenth of it.
  static let longestPosition = 2000
  /// The largest page that Snyk gives.
  static let pageSize = "100"

  /// Returns the page after a position. The query must name that position too.
  func page<Row: Decodable & Sendable>(
    _ path: [String], query: KeyValuePairs<String, String?>, after: String?, operation: String
  ) async throws -> SnykPage<Row> {
    let wire: SnykPageWire<Row> = try await rest(path, query: query, operation: operation)
    guard let link = wire.links?.next?.href, !link.isEmpty else { return SnykPage(rows: wire.data, next: nil) }
    let next = try position(of: link, operation: operation)
    guard next != after else {
      throw error(.unexpectedResponse, operation, "Snyk's link to the next page leads back to this one; try again later")
    }
    return SnykPage(rows: wire.data, next: wire.data.isEmpty ? nil : next)
  }

  /// Returns all rows of a list; `query` makes the query for a position.
  func rows<Row: Decodable & Sendable>(
    _ path: [String], limit: Int, operation: String, query: (String?) -> KeyValuePairs<String, String?>
  ) async throws -> [Row] {
    var rows: [Row] = []
    var position: String?
    for _ in 0..<limit {
      let page: SnykPage<Row> = try await self.page(path, query: query(position), after: position, operation: operation)
      rows += page.rows
      guard let next = page.next else { return rows }
      position = next
    }
    throw error(.tooLarge, operation, "the list has more than \(limit) pages")
  }

  /// The position in a link. Snyk writes links with and without a host and `/rest`; none is ever followed: the position goes into
  /// a request of our own, so that the token goes to no other address.
  private func position(of link: String, operation: String) throws -> String {
    guard let url = URL(string: link), url.host == nil || url.hasSameOrigin(as: apiURL) else {
      throw error(.unexpectedResponse, operation, "Snyk's link to the next page leads to another host")
    }
    let items = URLComponents(url: url, resolvingAgainstBaseURL: false)?.queryItems ?? []
    guard let position = items.first(where: { $0.name == "starting_after" })?.value, !position.isEmpty,
      position.utf8.count <= Self.longestPosition
    else {
      throw error(.unexpectedResponse, operation, "Snyk's link to the next page does not lead on; try again later")
    }
    return position
  }
}
