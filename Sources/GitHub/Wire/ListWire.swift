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

// The key stands outside of the generic type: inside, it would be a type of its own for each answer, made while it is read.

private struct AliasKey: CodingKey {
  var stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

/// A GraphQL connection; a node that is null or unreadable is `nil` and does not spoil the others.
struct ListWire<Node: JSONReadable>: JSONReadable {
  var totalCount: Int?
  var pageInfo: PageInfoWire?
  var nodes: [Node?]?

  init(_ json: inout JSONMembers) throws {
    totalCount = try json.number("totalCount")
    pageInfo = try json.value("pageInfo")
    nodes = try json.lossyList("nodes")
  }
}

extension ListWire: Sendable where Node: Sendable {}

extension ListWire {
  /// GitHub's cursor of the next page; `nil` on the last one.
  var nextCursor: String? { pageInfo?.hasNextPage == true ? pageInfo?.endCursor : nil }
}

/// Where a page of a connection ends.
struct PageInfoWire: Sendable {
  var hasNextPage: Bool?
  var endCursor: String?
}

extension PageInfoWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    hasNextPage = try json.flag("hasNextPage")
    endCursor = try json.text("endCursor")
  }
}

/// A connection of which only the size was asked for.
struct CountWire: Sendable {
  var totalCount: Int?
}

extension CountWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    totalCount = try json.number("totalCount")
  }
}
