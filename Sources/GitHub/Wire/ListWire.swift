import KoalrHTTPTransport

/// The values below the aliases of one question; the unreadable and the null are absent.
struct AliasedWire<Value: Decodable>: Decodable {
  var values: [String: Value]

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: AliasKey.self)
    values = [:]
    for key in container.allKeys where key.stringValue != "rateLimit" {
      values[key.stringValue] = try container.decode(Lossy<Value>.self, forKey: key).value
    }
  }
}

extension AliasedWire: Sendable where Value: Sendable {}

// Keys stand outside of the generic types: inside, they would be a type of their own for each answer, made while it is read.

private enum ListKey: String, CodingKey { case totalCount, pageInfo, nodes }

private struct AliasKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A GraphQL connection; a node that is null or unreadable is `nil` and does not spoil the others.
struct ListWire<Node: Decodable>: Decodable {
  var totalCount: Int?
  var pageInfo: PageInfoWire?
  var nodes: [Node?]?

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: ListKey.self)
    totalCount = try container.decodeIfPresent(Int.self, forKey: .totalCount)
    pageInfo = try container.decodeIfPresent(PageInfoWire.self, forKey: .pageInfo)
    // A closure: in generic code a key path is made anew each time, which took more than reading the page.
    nodes = try container.decodeIfPresent([Lossy<Node>].self, forKey: .nodes)?.map { $0.value }
  }
}

extension ListWire: Sendable where Node: Sendable {}

extension ListWire {
  /// GitHub's cursor of the next page; `nil` on the last one.
  var nextCursor: String? { pageInfo?.hasNextPage == true ? pageInfo?.endCursor : nil }
}

/// Where a page of a connection ends.
struct PageInfoWire: Decodable, Sendable {
  var hasNextPage: Bool?
  var endCursor: String?
}

/// A connection of which only the size was asked for.
struct CountWire: Decodable, Sendable {
  var totalCount: Int?
}
