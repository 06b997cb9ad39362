public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: SyncPricing {
  public func discoveryPrice(repositories: Int) -> [PlannedCost] {
    PriceList.discovery(repositories: repositories, organizations: organizations.count)
  }

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
    let answer = try await graphQL.askWhole(query, for: WindowCountWire.self)
    guard let pulls = answer.data.pulls?.issueCount, let issues = answer.data.issues?.issueCount else {
      throw IntegrationError(
        .unexpectedResponse, service: .gitHub, operation: query.operation, reason: answer.errors.first?.reason ?? Advice.leftOut)
    }
    return (pulls, issues)
  }
}
