import KoalrDomain
import KoalrHTTPTransport

/// When something in each of a hundred repositories was touched last, three points; counts of their windows come along for nothing.
enum TimesQuery {
  /// - Parameter counted: those of the repositories whose pull requests since a time are counted as well.
  static func make(_ repositories: [Repository], counted: [Repository], since: Date) -> GraphQLQuery {
    var query = GraphQLQuery("find out when \(repositories.count) repositories were touched last")
    let ids = query.variable("ids", "[ID!]!", .list(repositories.map(\.id.rawValue)))
    query.add("times: nodes(ids: \(ids)) { ... on Repository { id \(RepositoriesQuery.times) } }")
    CountsQuery.addWindows(of: counted, since: since, to: &query)
    return query
  }
}

/// What comes back below each alias: the repositories, or what a search counts.
struct TimesWire: Decodable, Sendable {
  var repositories: [RepositoryWire] = []
  var issueCount: Int?

  init(from decoder: any Decoder) throws {
    if let list = try? [Lossy<RepositoryWire>](from: decoder) {
      repositories = list.compactMap(\.value)
    } else {
      issueCount = try CountsWire(from: decoder).issueCount
    }
  }
}
