public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ChangeSource {
  public func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    try await lists.answer(
      requests, .pullRequests, limit: limits.changes, details: details,
      missing: { ChangeMapping.missing($0, in: $1) },
      map: { (page: WindowPage<PullRequestWire>, answer, details) in
        var mapping = ChangeMapping(
          answer.request.repository, details: details, errors: answer.errors, hasChecks: answer.level == 0)
        let changes = page.items.compactMap { mapping.change($0) }
        let gaps = page.gaps + mapping.gaps + answer.gaps(except: "statusCheckRollup")
        return Page(changes, next: page.next, gaps: gaps)
      })
  }
}
