import KoalrDomain

/// How many pull requests and issues were updated in a window: counts alone, so the least a call can cost, one point.
enum WindowCountQuery {
  /// More repositories than these are counted with their organisation.
  static let namedRepositories = 10
  // Some servers fail on years that cannot be.
  private static let beginning = Date(timeIntervalSince1970: 0)

  /// - Parameter scope: words of GitHub's search, `org:acme` or `repo:acme/api`; one of them has to fit.
  static func make(_ scope: [String], since: Date) -> GraphQLQuery {
    var query = GraphQLQuery("count pull requests and issues of the window")
    let words = scope.joined(separator: " ") + " updated:>=\(ISO8601Time.format(max(since, beginning)))"
    let pulls = query.variable("pulls", "String!", .text("\(words) is:pr"))
    let issues = query.variable("issues", "String!", .text("\(words) is:issue"))
    query.add("pulls: search(type: ISSUE, query: \(pulls)) { issueCount }")
    query.add("issues: search(type: ISSUE, query: \(issues)) { issueCount }")
    return query
  }
}
