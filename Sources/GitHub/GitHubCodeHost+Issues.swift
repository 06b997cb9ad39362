public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: IssueTracker {
  public func issues(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Issue>] {
    let kind = RepositoryListKind.issues
    let answers = try await lists.pages(requests, kind, limit: limits.issues, of: IssueWire.self)
    let pages = answers.map { WindowPage.read($0, noun: kind.noun) }
    let skeleton = kind.selections.count - 1
    let missing = zip(answers, pages).flatMap { answer, page in
      guard answer.level < skeleton, case .success(let page) = page else { return [] as [DetailItem] }
      return page.items.flatMap { IssueMapping.missing($0.node, in: answer.request.repository) }
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
    _ page: WindowPage<IssueWire>, _ answer: RepositoryLists.Answered<IssueWire>, _ details: DetailFetch.Details
  ) -> Page<Issue> {
    var mapping = IssueMapping(answer.request.repository, details: details)
    let issues = page.items.compactMap { mapping.issue($0.node) }
    return Page(issues, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "labels"))
  }
}
