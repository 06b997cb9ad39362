import KoalrDomain

/// One page of an organisation's repositories with their CODEOWNERS at the three places, GitHub's errors in it, and what tells
/// quiet ones: 3 points a hundred at most, counts are free. In brief, without the times of the newest things: 1 point.
enum RepositoriesQuery {
  static func make(organization: String, size: Int, after: String?, isBrief: Bool = false) -> GraphQLQuery {
    var query = GraphQLQuery("list repositories of \(organization)")
    let login = query.variable("login", "String!", .text(organization))
    let first = query.variable("n", "Int!", .number(size))
    let position = after.map { ", after: \(query.variable("after", "String!", .text($0)))" } ?? ""
    query.add(
      """
      organization(login: \(login)) {
        repositories(first: \(first)\(position), orderBy: {field: CREATED_AT, direction: ASC}) {
          pageInfo { hasNextPage endCursor } nodes { ...Item }
        }
      }
      """)
    query.add(fragment: "fragment Item on Repository { \(isBrief ? briefFields : fields) }")
    query.add(fragment: textFragment)
    return query
  }

  static let textFragment = "fragment Text on GitObject { ... on Blob { oid isTruncated text } }"

  /// What is asked of a repository.
  static let fields = "\(description)\n\(times)"
  private static let briefFields = "\(description)\npullRequests { totalCount } deployments { totalCount } issues { totalCount }"

  private static let description = """
    id nameWithOwner isArchived isFork visibility createdAt pushedAt primaryLanguage { name }
    defaultBranchRef { name target { oid } }
    gitHubOwners: object(expression: "HEAD:.github/CODEOWNERS") { ...Text }
    rootOwners: object(expression: "HEAD:CODEOWNERS") { ...Text }
    docsOwners: object(expression: "HEAD:docs/CODEOWNERS") { ...Text }
    codeowners { errors { line column kind suggestion } }
    open: pullRequests(states: [OPEN]) { totalCount }
    """
  /// What tells when something was touched last: three connections.
  static let times = """
    pullRequests(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
    deployments(first: 5, orderBy: {field: CREATED_AT, direction: DESC}) { totalCount nodes { createdAt updatedAt } }
    issues(first: 1, orderBy: {field: UPDATED_AT, direction: DESC}) { totalCount nodes { updatedAt } }
    """
}
