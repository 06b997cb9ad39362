/// One list of one item, from a position on.
struct DetailItem: Hashable, Sendable {
  var id: String
  var part: DetailPart
  var after: String?
  /// What a person calls the item.
  var name: String
  /// The page, from 0.
  var page = 0
  /// How many entries the page asks for. Each thread costs a connection of its own, so of them no more are asked for than there are.
  var size = PagePlan.maximumPageSize

  /// More threads than these are left to the next page.
  static let mostThreads = 48

  /// The connections it costs.
  var weight: Int { part == .reviewThreads ? 1 + size : 1 }

  /// The same with half the threads; what is left out comes with the next page.
  var smaller: DetailItem {
    guard part == .reviewThreads else { return self }
    var item = self
    item.size = max(1, size / 2)
    return item
  }

  var key: Key { Key(id: id, part: part) }

  struct Key: Hashable, Sendable {
    var id: String
    var part: DetailPart
  }
}

/// Asks for lists of many items in one call: first pages by `nodes(ids:)`, further ones each with its own position.
enum DetailQuery {
  /// The most ids GitHub takes in one field.
  private static let idsPerField = 100

  static func make(_ items: [DetailItem]) -> GraphQLQuery {
    var query = GraphQLQuery("list \(nouns(items)) of \(items.count == 1 ? items[0].name : "\(items.count) items")")
    query.urgency = items.map(\.part.urgency).max() ?? 0
    for part in DetailPart.allCases {
      let first = items.filter { $0.part == part && $0.after == nil }
      for size in Set(first.map(\.size)).sorted() { add(part, size, first.filter { $0.size == size }.map(\.id), to: &query) }
    }
    for (index, item) in items.enumerated() {
      guard let after = item.after else { continue }
      let id = query.variable("id\(index)", "ID!", .text(item.id))
      let position = query.variable("a\(index)", "String!", .text(after))
      let selection = item.part.selection(size: item.size, after: position)
      query.add("i\(index): node(id: \(id)) { ... on \(item.part.type) { id \(selection) } }")
    }
    return query
  }

  private static func add(_ part: DetailPart, _ size: Int, _ ids: [String], to query: inout GraphQLQuery) {
    for (number, start) in stride(from: 0, to: ids.count, by: idsPerField).enumerated() {
      let name = "\(part.rawValue)\(size)_\(number)"
      let list = query.variable(name, "[ID!]!", .list(Array(ids[start..<min(start + idsPerField, ids.count)])))
      query.add("\(name): nodes(ids: \(list)) { ... on \(part.type) { id \(part.selection(size: size, after: nil)) } }")
    }
  }

  private static func nouns(_ items: [DetailItem]) -> String {
    var nouns: [String] = []
    for part in DetailPart.allCases where items.contains(where: { $0.part == part }) && !nouns.contains(part.noun) {
      nouns.append(part.noun)
    }
    return nouns.joined(separator: " and ")
  }
}
