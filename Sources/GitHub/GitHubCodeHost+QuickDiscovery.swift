public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: QuickDiscovery {
  public func repositoriesInBrief(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    try await organizationPage(after: cursor, "repositories") { try await repositories(of: $0, after: $1, isBrief: true) }
  }

  public func adding(timesTo repositories: [Repository], since: Date) async throws -> [Repository] {
    guard !repositories.isEmpty else { return [] }
    while true {
      let asked = Array(repositories.prefix(limits.windows.current))
      let counted = uncounted(asked.map { RepositoryPageRequest(repository: $0, since: since) })
      let query = TimesQuery.make(asked, counted: counted.map(\.repository), since: since)
      switch try await graphQL.ask(query, for: AliasedWire<TimesWire>.self) {
      case .overloaded(let error):
        limits.windows.tooMuch(asked.count)
        if asked.count == 1 { throw error }
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && asked.count > 1:
        limits.windows.tooMuch(asked.count)
      case .answered(let answer):
        limits.windows.answered(asked.count)
        keepWindows(of: counted) { answer.data.values["a\($0)"]?.issueCount }
        return asked.adding(timesFrom: answer.data.values["times"]?.repositories ?? [])
      }
    }
  }
}

extension [Repository] {
  fileprivate func adding(timesFrom answers: [RepositoryWire]) -> [Repository] {
    let wires = Dictionary(answers.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    return map { repository in
      var repository = repository
      if let wire = wires[repository.id.rawValue] { repository.takeTimes(of: wire) }
      return repository
    }
  }
}
