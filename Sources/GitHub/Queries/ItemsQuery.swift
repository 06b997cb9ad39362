import KoalrDomain
import KoalrIntegrationProtocols

/// A kind of item that can be asked for by its id.
struct ItemKind: Sendable {
  /// What a person calls its items.
  var noun: String
  /// The type of an item.
  var type: String
  /// What to ask of an item: everything first, then less, for an item that is too much for GitHub.
  var selections: [String]
  /// Fragments that the selections use.
  var fragments: [String] = []
  /// Connections nested in each item; an id itself costs nothing.
  var connectionsPerItem = 1

  /// How many items cost one point together; without connections, how many may take GitHub's time in one call.
  var itemsPerCall: Int { connectionsPerItem == 0 ? Self.plainItemsPerCall : PagePlan.connectionsPerCall / connectionsPerItem }

  /// The most items without connections in one call.
  static let plainItemsPerCall = 600

  /// The most ids GitHub takes in one field.
  static let idsPerField = 100

  static let pullRequests = ItemKind(.pullRequests)
  static let deployments = ItemKind(.deployments)
  static let issues = ItemKind(.issues)

  /// Repositories as discovery asks for them.
  static let repositories = ItemKind(
    noun: "repositories", type: "Repository", selections: [RepositoriesQuery.fields], fragments: [RepositoriesQuery.textFragment],
    connectionsPerItem: 3)

  /// The checks of pull requests' heads alone.
  static let checks = ItemKind(
    noun: "checks", type: "PullRequest",
    selections: ["id number statusCheckRollup { contexts(first: 100) { \(DetailPart.contextFields) } }"])

  /// What the checks of pull requests' heads say together.
  static let checkRollups = ItemKind(
    noun: "verdicts of checks", type: "PullRequest", selections: ["id number statusCheckRollup { state }"],
    connectionsPerItem: 0)

  /// The question for the items of these ids, field by field.
  func query(_ fields: [[String]], level: Int) -> GraphQLQuery {
    let count = fields.reduce(0) { $0 + $1.count }
    var query = GraphQLQuery("read \(count) \(noun) again")
    for (index, ids) in fields.enumerated() {
      let list = query.variable("ids\(index)", "[ID!]!", .list(ids))
      query.add("n\(index): nodes(ids: \(list)) { ...Item }")
    }
    query.add(fragment: "fragment Item on \(type) { \(selections[min(level, selections.count - 1)]) }")
    for fragment in fragments { query.add(fragment: fragment) }
    return query
  }
}

extension ItemKind {
  // The same as the lists ask for, but for the selection that only finds the way to the next item.
  private init(_ list: RepositoryListKind) {
    self.init(
      noun: list.noun, type: list.type, selections: Array(list.selections.dropLast()),
      connectionsPerItem: list.connectionsPerItem)
  }
}
