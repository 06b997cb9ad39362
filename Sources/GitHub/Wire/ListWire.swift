import KoalrHTTPTransport

/// The values below the aliases of one question; the unreadable and the null are absent.
struct AliasedWire<Value: Decodable>: Decodable {
  var values: [String: Value]

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    values = [:]
    for key in container.allKeys where key.stringValue != "rateLimit" {
      values[key.stringValue] = try container.decode(Lossy<Value>.self, forKey: key).value
    }
  }
}

extension AliasedWire: Sendable where Value: Sendable {}

/// A GraphQL connection; a node that is null or unreadable is `nil` and does not spoil the others.
struct ListWire<Node: Decodable>: Decodable {
  var totalCount: Int?
  var pageInfo: PageInfoWire?
  var nodes: [Node?]?

  private enum CodingKeys: String, CodingKey { case totalCount, pageInfo, nodes }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
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
