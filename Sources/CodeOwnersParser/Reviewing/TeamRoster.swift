public import KoalrDomain

/// The members of teams, to tell whether somebody belongs to one. Names are compared without regard to case.
public struct TeamRoster: Sendable {
  /// By folded team, by folded login.
  private var members: [String: [String: Login]] = [:]

  /// Makes a roster of an organisation's teams; members of a team are members of the teams above it, as GitHub has it.
  public init(_ teams: [Team] = []) {
    let parents = Dictionary(teams.map { (Self.key(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
    for team in teams {
      let logins = Dictionary(team.members.map { ($0.folded, $0) }, uniquingKeysWith: { first, _ in first })
      var seen: Set<String> = []
      var current: Team? = team
      while let level = current, seen.insert(Self.key(of: level)).inserted {
        members[Self.key(of: level), default: [:]].merge(logins) { first, _ in first }
        current = level.parent.flatMap { parents[Self.key(organization: level.organization, slug: $0)] }
      }
    }
  }

  /// Returns whether an account belongs to a team, written `@acme/platform`, or `nil` when the team's members are not known.
  public func contains(_ login: Login, in team: String) -> Bool? {
    members[team.lowercased()].map { $0[login.folded] != nil }
  }

  /// Returns the members of a team, written `@acme/platform`, or `nil` when they are not known.
  public func members(of team: String) -> Set<Login>? { members[team.lowercased()].map { Set($0.values) } }

  private static func key(of team: Team) -> String { key(organization: team.organization, slug: team.slug) }

  private static func key(organization: String, slug: String) -> String { "@\(organization)/\(slug)".lowercased() }
}

extension Login {
  /// The name in lower case: what two accounts are compared by at GitHub and GitLab.
  package var folded: String { rawValue.lowercased() }
}
