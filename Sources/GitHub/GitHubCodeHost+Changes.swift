public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ChangeSource {
  public func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    let kind = RepositoryListKind.pullRequests
    let answers = try await lists.pages(requests, kind, limit: limits.changes, of: PullRequestWire.self)
    let pages = answers.map { WindowPage.read($0, noun: kind.noun) }
    let skeleton = kind.selections.count - 1
    let missing = zip(answers, pages).flatMap { answer, page in
      guard answer.level < skeleton, case .success(let page) = page else { return [] as [DetailItem] }
      return page.items.flatMap { ChangeMapping.missing($0.node, in: answer.request.repository) }
    }
    let found = try await details.fetch(missing)
    return zip(answers, pages).map { answer, page in
      RepositoryPage(
        repositoryID: answer.request.repository.id,
        result: page.map { page in
          answer.level < skeleton ? Self.page(page, answer, found) : page.withoutItems(answer.request.repository)
        })
    }
  }

  private static func page(
    _ page: WindowPage<PullRequestWire>, _ answer: RepositoryLists.Answered<PullRequestWire>, _ details: DetailFetch.Details
  ) -> Page<Change> {
    var mapping = ChangeMapping(
      answer.request.repository, details: details, errors: answer.errors, hasChecks: answer.level == 0)
    let changes = page.items.compactMap { mapping.change($0) }
    return Page(changes, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "statusCheckRollup"))
  }
}
