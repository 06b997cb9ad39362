public import KoalrCodeOwnersParser
public import KoalrDomain

/// Who owns a repository's files, by the CODEOWNERS file of the branch that a change goes to.
public enum OwnershipEvidence: Sendable {
  /// The repository is known to have no CODEOWNERS file.
  case noFile
  /// The file, with the members of the teams it names as far as they are known.
  case file(CodeOwnersFile, teams: TeamRoster)
}

/// The members of teams, to tell whether an approval came from one of them. Names are compared without regard to case.
public struct TeamRoster: Sendable {
  private var members: [String: Set<String>] = [:]

  /// Makes a roster of an organisation's teams; members of a team are members of the teams above it, as GitHub has it.
  public init(_ teams: [Team] = []) {
    let parents = Dictionary(teams.map { (Self.key(of: $0), $0) }, uniquingKeysWith: { first, _ in first })
    for team in teams {
      let logins = Set(team.members.map { $0.rawValue.lowercased() })
      var seen: Set<String> = []
      var current: Team? = team
      while let level = current, seen.insert(Self.key(of: level)).inserted {
        members[Self.key(of: level), default: []].formUnion(logins)
        current = level.parent.flatMap { parents[Self.key(organization: level.organization, slug: $0)] }
      }
    }
  }

  /// Returns whether an account belongs to a team, written `@acme/platform`, or `nil` when the team's members are not known.
  public func contains(_ login: Login, in team: String) -> Bool? {
    members[team.lowercased()]?.contains(login.rawValue.lowercased())
  }

  private static func key(of team: Team) -> String { key(organization: team.organization, slug: team.slug) }

  private static func key(organization: String, slug: String) -> String { "@\(organization)/\(slug)".lowercased() }
}
