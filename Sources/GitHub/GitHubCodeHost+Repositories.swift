import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: CodeHost {
  public func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    try await organizationPage(after: cursor, "repositories") { try await repositories(of: $0, after: $1) }
  }

  func repositories(
    of organization: String, after cursor: Cursor?, isBrief: Bool = false
  ) async throws -> Page<DiscoveredRepository> {
    let operation = "list repositories of \(organization)"
    while true {
      let size = limits.repositories.current
      let query = RepositoriesQuery.make(
        organization: organization, size: size, after: cursor?.rawValue, isBrief: isBrief)
      switch try await graphQL.ask(query, for: RepositoriesWire.self) {
      case .overloaded(let error):
        limits.repositories.tooMuch(size)
        if size == 1 { throw error }
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && size > 1:
        limits.repositories.tooMuch(size)
      case .answered(let answer):
        limits.repositories.answered(size)
        guard let list = answer.data.organization?.repositories else {
          throw answer.errors.first?.asIntegrationError(operation: operation)
            ?? IntegrationError(.unexpectedResponse, service: .gitHub, operation: operation, reason: Advice.leftOut)
        }
        return page(list, of: organization, answer, after: cursor)
      }
    }
  }

  private func page(
    _ list: ListWire<RepositoryWire>, of organization: String, _ answer: GraphQLAnswer<RepositoriesWire>, after cursor: Cursor?
  ) -> Page<DiscoveredRepository> {
    var page = Page<DiscoveredRepository>([], next: nil)
    for (index, node) in (list.nodes ?? []).enumerated() {
      let errors = answer.errors.filter { $0.path?.contains(.index(index)) ?? true }
      guard let wire = node, let (found, gaps) = discovered(wire, errors) else {
        page.gaps.append(
          SourceGap(what: node?.unreadableName ?? "a repository of \(organization)", why: Advice.unreadable))
        continue
      }
      page.gaps += gaps
      page.elements.append(found)
    }
    if list.nodes == nil { page.gaps.append(gap("a page of repositories", of: organization, Advice.leftOut)) }
    if answer.leavesOutOrganizations { page.gaps.append(gap("repositories", of: organization, Advice.singleSignOn)) }
    page.next = next(list, of: organization, after: cursor, &page.gaps)
    return page
  }

  /// Makes a repository of an item and the errors about it; `nil` when its id or name cannot be one.
  func discovered(_ wire: RepositoryWire, _ errors: [GraphQLErrorWire]) -> (DiscoveredRepository, [SourceGap])? {
    guard let repository = wire.asRepository(on: host) else { return nil }
    totals[repository.id] = wire.counts
    let gaps = Set(errors.map(\.reason)).sorted().map { SourceGap("parts of the description", of: repository, why: $0) }
    let refused = errors.first { $0.path?.last.map(Self.isOwnersField) ?? true }?.reason
    let owners = wire.codeOwners(of: repository.id, refused: refused)
    let found = DiscoveredRepository(
      repository: repository, codeOwners: owners, openChanges: totals[repository.id].openPullRequests)
    return (found, gaps)
  }

  private func next(
    _ list: ListWire<RepositoryWire>, of organization: String, after cursor: Cursor?, _ gaps: inout [SourceGap]
  ) -> Cursor? {
    guard list.pageInfo?.hasNextPage != false else { return nil }
    guard let next = list.nextCursor, next != cursor?.rawValue else {
      gaps.append(gap("further repositories", of: organization, list.nextCursor == nil ? Advice.leftOut : Advice.repeatedCursor))
      return nil
    }
    return Cursor(next)
  }

  func gap(_ what: String, of organization: String, _ why: String) -> SourceGap {
    SourceGap(what: "\(what) of \(organization)", why: why)
  }

  private static func isOwnersField(_ step: GraphQLErrorWire.Step) -> Bool {
    [.field("gitHubOwners"), .field("rootOwners"), .field("docsOwners")].contains(step)
  }
}

extension RepositoryWire {
  fileprivate var unreadableName: String { "the repository with the id \(id.prefix(60))" }
}
