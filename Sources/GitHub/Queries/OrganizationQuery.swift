/// Who asks, what the organisation lets them do, and its totals; counts cost nothing.
enum OrganizationQuery {
  static func make(organization: String) -> GraphQLQuery {
    var query = GraphQLQuery("test the connection to \(organization)")
    let login = query.variable("login", "String!", .text(organization))
    query.add("viewer { login }")
    query.add(
      """
      organization(login: \(login)) {
        login viewerCanAdminister
        repositories(first: 1, orderBy: {field: PUSHED_AT, direction: DESC}) {
          totalCount
          nodes {
            pullRequests { totalCount } issues { totalCount } deployments { totalCount }
            defaultBranchRef { target { id ... on Commit { statusCheckRollup { state } } } }
          }
        }
      }
      """)
    // On its own: without read:org GitHub refuses the whole object around these.
    query.add("people: organization(login: \(login)) { teams { totalCount } membersWithRole { totalCount } }")
    return query
  }
}
