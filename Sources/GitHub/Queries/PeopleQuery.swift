import KoalrDomain

/// Teams with their direct members, and members of the organisation: one point for the first fifty teams and hundred members.
enum PeopleQuery {
  /// Which lists are not finished, and where they go on.
  struct Position: Hashable, Sendable {
    var teams: String?
    var members: String?
    var wantsTeams = true
    var wantsMembers = true
  }

  static func make(organization: String, at position: Position, teams size: Int, withAddresses: Bool) -> GraphQLQuery {
    var query = GraphQLQuery("list teams and members of \(organization)")
    let login = query.variable("login", "String!", .text(organization))
    if position.wantsTeams {
      let after = position.teams.map { ", after: \(query.variable("teamsAfter", "String!", .text($0)))" } ?? ""
      query.add(
        """
        teamsOf: organization(login: \(login)) { teams(first: \(size)\(after)) {
          pageInfo { hasNextPage endCursor }
          nodes { id slug name parentTeam { slug } members(first: 100, membership: IMMEDIATE) { \(DetailPart.memberFields) } }
        } }
        """)
    }
    if position.wantsMembers {
      let after = position.members.map { ", after: \(query.variable("membersAfter", "String!", .text($0)))" } ?? ""
      query.add(
        """
        membersOf: organization(login: \(login)) { membersWithRole(first: 100\(after)) {
          pageInfo { hasNextPage endCursor } nodes { id login name \(withAddresses ? "email" : "") }
        } }
        """)
    }
    return query
  }
}
