public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: IssueTracker {
  public func issues(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Issue>] {
    try await lists.answer(
      requests[...], .issues, limit: limits.issues, details: details,
      missing: { IssueMapping.missing($0, in: $1) },
      map: { (page: WindowPage<IssueWire>, answer, details) in
        var mapping = IssueMapping(answer.request.repository, details: details)
        let issues = page.items.compactMap { mapping.issue($0.node) }
        return Page(issues, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "labels"))
      })
  }
}
