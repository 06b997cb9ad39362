/// A member of the organisation.
public struct Contributor: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// The account name.
  public var login: Login
  /// The name the person goes by.
  public var name: String?
  /// The public address, where the person shows one.
  public var email: String?
  /// The slugs of the teams the person is a direct member of; empty when no team that the credential sees has the person.
  public var teams: [String]

  /// Whether no visible team has the person: ungrouped, in reports by team.
  public var isUngrouped: Bool { teams.isEmpty }

  /// Makes a contributor.
  public init(id: SourceID, login: Login, name: String?, email: String?, teams: [String]) {
    self.id = id
    self.login = login
    self.name = name
    self.email = email
    self.teams = teams
  }
}

/// A team of the organisation.
public struct Team: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// The organisation's name.
  public var organization: String
  /// The team's name in addresses: `platform` of `@acme/platform`.
  public var slug: String
  /// The name people use.
  public var name: String
  /// The slug of the team it belongs to.
  public var parent: String?
  /// Its direct members.
  public var members: [Login]

  /// Makes a team.
  public init(id: SourceID, organization: String, slug: String, name: String, parent: String?, members: [Login]) {
    self.id = id
    self.organization = organization
    self.slug = slug
    self.name = name
    self.parent = parent
    self.members = members
  }
}
