import KoalrDomain
import KoalrIntegrationProtocols

/// The accounts behind the authors of single commits: no connection at all, one point a call.
enum AuthorsQuery {
  static func make(_ samples: [AuthorSample]) -> GraphQLQuery {
    var query = GraphQLQuery("look up the accounts of \(samples.count) authors")
    for (index, sample) in samples.enumerated() {
      let id = query.variable("id\(index)", "ID!", .text(sample.repository.id.rawValue))
      let sha = query.variable("sha\(index)", "GitObjectID!", .text(sample.sha.rawValue))
      query.add(
        "c\(index): node(id: \(id)) { ... on Repository { object(oid: \(sha)) { ... on Commit { author { user { __typename login } } } } } }"
      )
    }
    return query
  }
}

/// What comes back below each alias.
struct AuthoredWire: Decodable, Sendable {
  struct Commit: Decodable, Sendable {
    struct Author: Decodable, Sendable { var user: ActorWire? }
    var author: Author?
  }
  var object: Commit?
}
