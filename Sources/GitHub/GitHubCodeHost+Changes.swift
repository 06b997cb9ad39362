public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ChangeSource {
  public func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    let first = requests.prefix { $0.isFirstLook }
    guard first.isEmpty else { return try await firstLook(Array(first)) }
    try await countWindows(of: requests)
    return try await lists.answer(
      requests.prefix { !$0.isFirstLook }, .pullRequests, limit: limits.changes, details: details,
      missing: { ChangeMapping.missing($0, in: $1) },
      map: { (page: WindowPage<PullRequestWire>, answer, details) in
        var mapping = ChangeMapping(
          answer.request.repository, details: details, errors: answer.errors, hasChecks: answer.level == 0)
        let changes = page.items.compactMap { mapping.change($0) }
        let gaps = page.gaps + mapping.gaps + answer.gaps(except: "statusCheckRollup")
        return Page(changes, next: page.next, gaps: gaps)
      })
  }

  private func firstLook(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    try await lists.answer(
      requests[...], .firstLook, limit: limits.firstLook, details: details, missing: { _, _ in [] },
      map: { (page: WindowPage<PullRequestWire>, answer, details) in
        var mapping = ChangeMapping(
          answer.request.repository, details: details, errors: answer.errors, hasChecks: false, isFirstLook: true)
        let changes = page.items.compactMap { mapping.change($0) }
        return Page(changes, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "statusCheckRollup"))
      })
  }
}
