public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: DeploymentSource {
  public func deployments(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Deployment>] {
    let kind = RepositoryListKind.deployments
    let answers = try await lists.pages(requests, kind, limit: limits.deployments, of: DeploymentWire.self)
    let pages = answers.map { WindowPage.read($0, noun: kind.noun) }
    let skeleton = kind.selections.count - 1
    let missing = zip(answers, pages).flatMap { answer, page in
      guard answer.level < skeleton, case .success(let page) = page else { return [] as [DetailItem] }
      return page.items.flatMap { DeploymentMapping.missing($0.node, in: answer.request.repository) }
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
    _ page: WindowPage<DeploymentWire>, _ answer: RepositoryLists.Answered<DeploymentWire>, _ details: DetailFetch.Details
  ) -> Page<Deployment> {
    var mapping = DeploymentMapping(answer.request.repository, details: details)
    let deployments = page.items.compactMap { mapping.deployment($0.node) }
    return Page(deployments, next: page.next, gaps: page.gaps + mapping.gaps + answer.gaps(except: "statuses"))
  }
}
