import KoalrDomain
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A page of a list and the number of the next one.
struct NumberedPage<Row: Sendable>: Sendable {
  var rows: [Row]
  var next: Int?
}

extension CodecovClient {
  /// More pages than any list has; a list that goes on past it is refused.
  static let mostPages = 10_000

  /// Returns one page of a list, counted from 1.
  func page<Row: Decodable & Sendable>(
    _ number: Int, of path: [String], query: [(String, String)], operation: String
  ) async throws -> NumberedPage<Row> {
    let place = number > 1 ? [("page", String(number))] : []
    let wire: PageWire<Row> = try await get(path, query: query + place, operation: operation)
    return NumberedPage(rows: wire.results, next: try next(wire.next, after: number, operation: operation))
  }

  /// Returns all rows of a list that is short by its nature.
  func rows<Row: Decodable & Sendable>(
    of path: [String], query: [(String, String)], limit: Int, operation: String
  ) async throws -> [Row] {
    var rows: [Row] = []
    var number: Int? = 1
    while let page = number {
      guard page <= limit else { throw error(.tooLarge, operation, "the list has more than \(limit) pages") }
      let part: NumberedPage<Row> = try await self.page(page, of: path, query: query, operation: operation)
      rows += part.rows
      number = part.next
    }
    return rows
  }

  /// The page number that a cursor stands for.
  func number(_ cursor: Cursor?, operation: String) throws -> Int {
    guard let cursor else { return 1 }
    guard let number = Int(cursor.rawValue), (1...Self.mostPages).contains(number) else {
      throw error(.misconfigured, operation, "the saved position is not one that Codecov's lists have; start this list again")
    }
    return number
  }

  /// The next page's number. The link itself is never followed, so that the token goes to no other address; one that points
  /// elsewhere or does not lead on means that something between here and Codecov changes its answers.
  private func next(_ link: String?, after number: Int, operation: String) throws -> Int? {
    guard let link, !link.isEmpty else { return nil }
    guard let target = URL(string: link), target.host == nil || (target.host == apiURL.host && target.port == apiURL.port) else {
      throw error(.unexpectedResponse, operation, "Codecov's link to the next page leads to another host")
    }
    let items = URLComponents(url: target, resolvingAgainstBaseURL: false)?.queryItems ?? []
    guard let next = items.first(where: { $0.name == "page" })?.value.flatMap(Int.init), next == number + 1,
      next <= Self.mostPages
    else { throw error(.unexpectedResponse, operation, "Codecov's link to the next page does not lead on; try again later") }
    return next
  }
}
