import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: PeopleSource {
  public func people(after cursor: Cursor?) async throws -> Page<PeopleEntry> {
    try await organizationPage(after: cursor, "teams and members") { try await people(of: $0, after: $1) }
  }

  private func people(of organization: String, after cursor: Cursor?) async throws -> Page<PeopleEntry> {
    guard let position = cursor.map(PeopleQuery.Position.init) ?? PeopleQuery.Position() else {
      throw IntegrationError(
        .misconfigured, service: .gitHub, operation: "list teams and members of \(organization)",
        reason: "the saved position is none of this adapter's; begin the list anew")
    }
    let answer = try await askForPeople(of: organization, at: position)
    var page = Page<PeopleEntry>([], next: nil)
    var next = PeopleQuery.Position(wantsTeams: false, wantsMembers: false)
    if position.wantsTeams {
      next.teams = try await take(answer.data.teamsOf?.teams, of: organization, answer, at: position.teams, into: &page)
      next.wantsTeams = next.teams != nil
    }
    if position.wantsMembers {
      next.members = take(
        answer.data.membersOf?.membersWithRole, of: organization, answer, at: position.members, into: &page)
      next.wantsMembers = next.members != nil
    }
    page.next = next.asCursor
    return page
  }

  // Addresses need a scope of their own, and GitHub refuses a whole member for the want of it.
  private func askForPeople(
    of organization: String, at position: PeopleQuery.Position
  ) async throws -> GraphQLAnswer<PeopleWire> {
    var withAddresses = true
    while true {
      let size = limits.teams.current
      let query = PeopleQuery.make(
        organization: organization, at: position, teams: size, withAddresses: withAddresses)
      switch try await graphQL.ask(query, for: PeopleWire.self) {
      case .overloaded(let error):
        limits.teams.tooMuch(size)
        if size == 1 { throw error }
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && size > 1: limits.teams.tooMuch(size)
      case .answered(let answer) where withAddresses && answer.errors.contains { $0.passes("email") }: withAddresses = false
      case .answered(let answer):
        limits.teams.answered(size)
        return answer
      }
    }
  }

  private func take(
    _ list: ListWire<TeamWire>?, of organization: String, _ answer: GraphQLAnswer<PeopleWire>, at position: String?,
    into page: inout Page<PeopleEntry>
  ) async throws -> String? {
    let teams = (list?.nodes ?? []).compactMap(\.self)
    let found = try await details.fetch(teams.flatMap { $0.missing(organization: organization) })
    for wire in teams {
      let key = DetailItem.Key(id: wire.id, part: .teamMembers)
      if let why = found.failures[key] {
        page.gaps.append(SourceGap(what: "members of @\(organization)/\(wire.slug ?? wire.id)", why: why))
      }
      if let team = wire.asTeam(organization: organization, further: found.pages[key] ?? []) { page.elements.append(.team(team)) }
    }
    let error = answer.errors.first { $0.alias == "teamsOf" }
    return next(list, "teams", of: organization, read: page.elements.count, error, at: position, &page.gaps)
  }

  private func take(
    _ list: ListWire<MemberWire>?, of organization: String, _ answer: GraphQLAnswer<PeopleWire>, at position: String?,
    into page: inout Page<PeopleEntry>
  ) -> String? {
    let members = (list?.nodes ?? []).compactMap { $0?.asContributor }
    page.elements += members.map { .contributor($0) }
    let error = answer.errors.first { $0.alias == "membersOf" }
    return next(list, "members", of: organization, read: members.count, error, at: position, &page.gaps)
  }

  // States what a page of a list lacks, and returns where the list goes on.
  private func next<Node>(
    _ list: ListWire<Node>?, _ noun: String, of organization: String, read: Int, _ error: GraphQLErrorWire?,
    at position: String?, _ gaps: inout [SourceGap]
  ) -> String? {
    guard let list, let nodes = list.nodes else {
      gaps.append(gap(noun, of: organization, error?.reason ?? Advice.leftOut))
      return nil
    }
    if let error { gaps.append(gap("some \(noun)", of: organization, error.reason)) }
    if read < nodes.count { gaps.append(gap("\(nodes.count - read) \(noun)", of: organization, Advice.unreadable)) }
    guard list.pageInfo?.hasNextPage != false else { return nil }
    guard let next = list.nextCursor, next != position else {
      gaps.append(gap("further \(noun)", of: organization, list.nextCursor == nil ? Advice.leftOut : Advice.repeatedCursor))
      return nil
    }
    return next
  }
}
