import KoalrDomain

/// What GitHub counts of repositories' windows: pull requests by its search, commits and issues by their connections. Deployments
/// it counts only altogether. Counts alone cost nothing beyond the one point of a call.
enum CountsQuery {
  // Some servers fail on years that cannot be.
  private static func time(_ since: Date) -> String { ISO8601Time.format(max(since, Date(timeIntervalSince1970: 0))) }

  /// - Parameter groups: the repositories whose pull requests are counted together.
  static func make(_ repositories: [Repository], groups: [[Repository]], since: Date) -> GraphQLQuery {
    var query = GraphQLQuery("count what is in \(names(repositories))")
    let time = time(since)
    for (index, repository) in repositories.enumerated() {
      let id = query.variable("id\(index)", "ID!", .text(repository.id.rawValue))
      query.add(
        """
        r\(index): node(id: \(id)) { ... on Repository {
          issues(filterBy: {since: "\(time)"}) { totalCount }
          defaultBranchRef { target { ... on Commit { history(since: "\(time)") { totalCount } } } }
        } }
        """)
    }
    for (index, group) in groups.enumerated() {
      search("a\(index)", group, "is:pr updated:>=\(time)", &query)
      search("o\(index)", group, "is:pr is:open updated:>=\(time)", &query)
    }
    return query
  }

  /// The pull requests of each repository alone.
  static func windows(_ repositories: [Repository], since: Date) -> GraphQLQuery {
    var query = GraphQLQuery("count pull requests of \(names(repositories))")
    addWindows(of: repositories, since: since, to: &query)
    return query
  }

  /// Adds the counts of each repository's pull requests to a question that has to be asked anyway.
  static func addWindows(of repositories: [Repository], since: Date, to query: inout GraphQLQuery) {
    for (index, repository) in repositories.enumerated() {
      search("a\(index)", [repository], "is:pr updated:>=\(time(since))", &query)
    }
  }

  private static func search(_ alias: String, _ repositories: [Repository], _ words: String, _ query: inout GraphQLQuery) {
    let scope = repositories.map { "repo:\($0.name)" }.joined(separator: " ")
    let text = query.variable("q\(alias)", "String!", .text("\(scope) \(words)"))
    query.add("\(alias): search(type: ISSUE, query: \(text)) { issueCount }")
  }

  private static func names(_ repositories: [Repository]) -> String {
    repositories.prefix(3).map(\.name.rawValue).joined(separator: ", ")
      + (repositories.count > 3 ? " and \(repositories.count - 3) more" : "")
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
