import KoalrDomain

/// What GitHub counts of repositories' windows: pull requests by its search, commits and issues by their connections. Deployments
/// it counts only altogether.
enum CountsQuery {
  static func make(_ repositories: [Repository], since: Date) -> GraphQLQuery {
    let names = repositories.prefix(3).map(\.name.rawValue).joined(separator: ", ")
    var query = GraphQLQuery("count what is in \(names)" + (repositories.count > 3 ? " and \(repositories.count - 3) more" : ""))
    // Some servers fail on years that cannot be.
    let time = ISO8601Time.format(max(since, Date(timeIntervalSince1970: 0)))
    for (index, repository) in repositories.enumerated() {
      let id = query.variable("id\(index)", "ID!", .text(repository.id.rawValue))
      let all = query.variable("all\(index)", "String!", .text("repo:\(repository.name) is:pr updated:>=\(time)"))
      let open = query.variable("open\(index)", "String!", .text("repo:\(repository.name) is:pr is:open updated:>=\(time)"))
      query.add(
        """
        r\(index): node(id: \(id)) { ... on Repository {
          issues(filterBy: {since: "\(time)"}) { totalCount }
          defaultBranchRef { target { ... on Commit { history(since: "\(time)") { totalCount } } } }
        } }
        a\(index): search(query: \(all), type: ISSUE, first: 1) { issueCount }
        o\(index): search(query: \(open), type: ISSUE, first: 1) { issueCount }
        """)
    }
    return query
  }
}

/// What comes back below each alias.
struct CountsWire: Decodable, Sendable {
  struct Branch: Decodable, Sendable {
    struct Target: Decodable, Sendable { var history: CountWire? }
    var target: Target?
  }
  var issueCount: Int?
  var issues: CountWire?
  var defaultBranchRef: Branch?
}
