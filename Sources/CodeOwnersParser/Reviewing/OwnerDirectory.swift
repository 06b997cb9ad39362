public import KoalrDomain

/// Who stands behind the owners that a file names, and what they may do, as far as it is known. What is not known is never
/// taken for a "no".
///
/// ```swift
/// let people = OwnerDirectory(teams: teams, accounts: [mona: .write, hubot: .gone])
/// people.contains(mona, .team("@acme/api"))     // true, false, or nil when nobody knows
/// ```
public struct OwnerDirectory: Sendable {
  /// What an account or a team may do in a repository.
  public enum Access: String, Hashable, Sendable, Codable, CaseIterable {
    /// It may write, so its approval counts.
    case write
    /// It exists and may not write, so its approval does not count.
    case read
    /// It was there and has left.
    case gone
    /// It does not exist, or hides itself.
    case absent
    /// Nobody knows.
    case unknown

    /// Whether it is known that an approval from there does not count.
    public var isBarred: Bool { self == .read || self == .gone || self == .absent }
  }

  /// The members of teams.
  public let roster: TeamRoster
  private let accounts: [String: Access]
  private let teamAccess: [String: Access]
  private let addresses: [String: Login]
  private let completeOrganizations: Set<String>

  /// Makes a directory of one repository.
  ///
  /// - Parameters:
  ///   - teams: The teams whose direct members are known; those of teams below are added.
  ///   - accounts: What accounts may do; one that is not listed is unknown.
  ///   - teamAccess: What teams may do, by their text, `@acme/platform`; one that is not listed is unknown.
  ///   - addresses: The accounts behind addresses.
  ///   - completeOrganizations: The organisations all of whose teams are in `teams`: another team of theirs does not exist.
  public init(
    teams: [Team] = [], accounts: [Login: Access] = [:], teamAccess: [String: Access] = [:],
    addresses: [String: Login] = [:], completeOrganizations: Set<String> = []
  ) {
    self.init(
      roster: TeamRoster(teams), accounts: accounts, teamAccess: teamAccess, addresses: addresses,
      completeOrganizations: completeOrganizations)
  }

  /// Makes a directory over a roster that exists.
  public init(
    roster: TeamRoster, accounts: [Login: Access] = [:], teamAccess: [String: Access] = [:],
    addresses: [String: Login] = [:], completeOrganizations: Set<String> = []
  ) {
    self.roster = roster
    self.accounts = Self.folded(accounts.map { ($0.key.folded, $0.value) })
    self.teamAccess = Self.folded(teamAccess.map { ($0.key.lowercased(), $0.value) })
    self.addresses = Dictionary(
      addresses.map { ($0.key.lowercased(), $0.value) }, uniquingKeysWith: { $0.rawValue < $1.rawValue ? $0 : $1 })
    self.completeOrganizations = Set(completeOrganizations.map { $0.lowercased() })
  }

  /// Two spellings of one name that disagree are unknown.
  private static func folded(_ pairs: [(String, Access)]) -> [String: Access] {
    Dictionary(pairs, uniquingKeysWith: { $0 == $1 ? $0 : .unknown })
  }
}

extension OwnerDirectory {
  /// Returns what an account may do.
  public func access(of login: Login) -> Access { accounts[login.folded] ?? .unknown }

  /// Returns what an owner may do. An address is as good as its account; GitLab's roles are not looked up, and Bitbucket's
  /// selections are left out.
  public func access(of owner: Owner) -> Access {
    switch owner.withoutSelection {
    case .user(let text): accounts[String(text.dropFirst()).lowercased()] ?? teamAccess[text.lowercased()] ?? .unknown
    case .team(let text): teamAccess[text.lowercased()] ?? accessByExistence(of: text)
    case .email(let text): addresses[text.lowercased()].map { access(of: $0) } ?? .unknown
    case .role: .unknown
    }
  }

  private func accessByExistence(of team: String) -> Access {
    let organization = team.dropFirst().prefix { $0 != "/" }.lowercased()
    return completeOrganizations.contains(organization) && roster.members(of: team) == nil ? .absent : .unknown
  }

  /// Returns the members of a team, written `@acme/platform`, or `nil` when they are not known.
  public func members(of team: String) -> Set<Login>? { roster.members(of: team) }

  /// Returns the account of an owner who is one person; `nil` for a team, and for an address whose account is not known.
  public func account(of owner: Owner) -> Login? {
    switch owner {
    case .user(let text): Login(unchecked: String(text.dropFirst()))
    case .email(let text): addresses[text.lowercased()]
    case .team, .role: nil
    }
  }

  /// Returns the people behind an owner, or `nil` when they are not known. GitLab writes a group without a slash like a user.
  public func people(behind owner: Owner) -> Set<Login>? {
    members(of: owner.withoutSelection.text) ?? account(of: owner).map { [$0] }
  }

  /// Returns whether an account stands behind an owner, or `nil` when it cannot be told.
  public func contains(_ login: Login, _ owner: Owner) -> Bool? {
    if let isMember = roster.contains(login, in: owner.withoutSelection.text) { return isMember }
    return account(of: owner).map { $0.folded == login.folded }
  }
}
