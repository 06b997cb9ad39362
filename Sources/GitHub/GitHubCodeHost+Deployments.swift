public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: DeploymentSource {
  public func deployments(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Deployment>] {
    try await lists.answer(
      requests[...], .deployments, limit: limits.deployments, details: details,
      missing: { DeploymentMapping.missing($0, in: $1) },
      map: { (page: WindowPage<DeploymentWire>, answer, details) in
        var mapping = DeploymentMapping(answer.request.repository, details: details)
        let deployments = page.items.compactMap { mapping.deployment($0.node) }
        return Page(deployments, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "statuses"))
      })
  }
}
