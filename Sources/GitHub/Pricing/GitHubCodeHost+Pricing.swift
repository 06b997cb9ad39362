public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: SyncPricing {
  public func discoveryPrice(repositories: Int) -> [PlannedCost] {
    PriceList.discovery(repositories: repositories, organizations: organizations.count)
  }

  public func pollPrice(openChanges: Int) -> [PlannedCost] { [PriceList.polls(openChanges: openChanges)] }

  public func price(of repositories: [Repository], since: Date) async throws -> [PlannedCost] {
    let counted = try await countWindow(of: repositories, since: since)
    var volume = PriceList.Volume()
    var allPulls = 0
    for repository in repositories {
      let counts = totals[repository.id]
      volume.openPullRequests += repository.archived ? 0 : counts.openPullRequests ?? 0
      if repository.newestDeploymentAt.map({ $0 >= since }) ?? false {
        volume.deployments += counts.deployments ?? 0
        volume.deployingRepositories += 1
      }
      guard repository.newestChangeAt.map({ $0 >= since }) ?? false else { continue }
      allPulls += counts.pullRequests ?? 0
      volume.changingRepositories += 1
    }
    volume.pullRequests = min(counted.pullRequests, allPulls)
    volume.issues = counted.issues
    // How much of what there is lies in the window is counted for pull requests only.
    let share = allPulls > 0 ? Double(volume.pullRequests) / Double(allPulls) : 1
    volume.deployments = Int((Double(volume.deployments) * share).rounded(.up))
    volume.repositories = repositories.count
    return PriceList.window(volume)
  }

  // Search counts without listing, which is free; what it counts may be some minutes old.
  private func countWindow(of repositories: [Repository], since: Date) async throws -> (pullRequests: Int, issues: Int) {
    let scope =
      repositories.count <= WindowCountQuery.namedRepositories
      ? repositories.map { "repo:\($0.name)" } : organizations.map { "org:\($0)" }
    guard !scope.isEmpty else { return (0, 0) }
    let query = WindowCountQuery.make(scope, since: since)
    let answer = try await countAlong(query, repositories, since: since)
    guard let pulls = answer.data.values["pulls"]?.issueCount, let issues = answer.data.values["issues"]?.issueCount else {
      throw IntegrationError(
        .unexpectedResponse, service: .gitHub, operation: query.operation, reason: answer.errors.first?.reason ?? Advice.leftOut)
    }
    return (pulls, issues)
  }

  // The windows that are read next, counted along, cost no call of their own; when that is too much, they are counted later.
  private func countAlong(
    _ query: GraphQLQuery, _ repositories: [Repository], since: Date
  ) async throws -> GraphQLAnswer<AliasedWire<CountsWire>> {
    let counted = uncounted(repositories.map { RepositoryPageRequest(repository: $0, since: since) })
    guard !counted.isEmpty else { return try await graphQL.askWhole(query, for: AliasedWire<CountsWire>.self) }
    var along = query
    CountsQuery.addWindows(of: counted.map(\.repository), since: since, to: &along)
    switch try await graphQL.ask(along, for: AliasedWire<CountsWire>.self) {
    case .answered(let answer) where !answer.errors.contains(where: \.isOverload):
      keepWindows(of: counted) { answer.data.values["a\($0)"]?.issueCount }
      return answer
    case .answered, .overloaded:
      limits.windows.tooMuch(counted.count)
      return try await graphQL.askWhole(query, for: AliasedWire<CountsWire>.self)
    }
  }
}
