import KoalrDomain
import KoalrIntegrationProtocols

extension TeamWire {
  /// The team with the members of its first page and of further ones; `nil` when its id or slug is missing.
  func asTeam(organization: String, further: [DetailWire]) -> Team? {
    guard let id = SourceID(rawValue: id), let slug else { return nil }
    let nodes = (members?.nodes ?? []) + further.flatMap { $0.members?.nodes ?? [] }
    return Team(
      id: id, organization: organization, slug: slug, name: name ?? slug, parent: parentTeam?.slug,
      members: nodes.compactMap { $0?.asLogin })
  }

  /// The members that did not fit on the first page, or were not given with it.
  func missing(organization: String) -> [DetailItem] {
    let name = "@\(organization)/\(slug ?? id)"
    guard members?.nodes != nil else { return [DetailItem(id: id, part: .teamMembers, name: name)] }
    guard let cursor = members?.nextCursor else { return [] }
    return [DetailItem(id: id, part: .teamMembers, after: cursor, name: name, page: 1)]
  }
}

extension MemberWire {
  /// The member; `nil` without an id or a login. Teams are the engine's to fill in.
  var asContributor: Contributor? {
    guard let id = SourceID(rawValue: id), let login = login.flatMap(Login.init(rawValue:)) else { return nil }
    return Contributor(id: id, login: login, name: name?.nonEmpty, email: email?.nonEmpty, teams: [])
  }
}

extension String {
  fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
