import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryWire {
  /// The repository; `nil` when its id or name cannot be one.
  func asRepository(on host: GitHubHost) -> Repository? {
    guard let id = RepositoryID(rawValue: id), let name = nameWithOwner.flatMap(RepositoryName.init(rawValue:)) else {
      return nil
    }
    var repository = Repository(
      id: id, name: name, defaultBranch: defaultBranchRef?.name,
      headSHA: defaultBranchRef?.target?.oid.flatMap(CommitID.init(rawValue:)), archived: isArchived ?? false,
      fork: isFork ?? false, visibility: visibility.flatMap { .init(rawValue: $0.lowercased()) } ?? .private,
      language: primaryLanguage?.name, createdAt: createdAt, pushedAt: pushedAt, cloneURL: host.cloneURL(name.rawValue))
    repository.takeTimes(of: self)
    return repository
  }

  /// What discovery counted.
  var counts: RepositoryTotals.Counts {
    .init(
      pullRequests: pullRequests?.totalCount, openPullRequests: open?.totalCount, deployments: deployments?.totalCount,
      issues: issues?.totalCount)
  }

  /// The first CODEOWNERS file in GitHub's order, with the errors GitHub finds in it. `refused` says why the file may be
  /// missing although it is there.
  func codeOwners(of repository: RepositoryID, refused: String?) -> DiscoveredRepository.CodeOwnersFinding {
    let files = zip(CodeOwnersSnapshot.locations, [gitHubOwners, rootOwners, docsOwners])
    for (path, file) in files {
      guard let file, !file.isSomethingElse else { continue }
      guard let sha = file.oid.flatMap(CommitID.init(rawValue:)) else { return .unknown(Advice.leftOut) }
      let text = file.isTruncated == false ? file.text : nil
      return .found(CodeOwnersSnapshot(repositoryID: repository, path: path, sha: sha, text: text, errors: codeOwnersErrors))
    }
    return refused.map { .unknown($0) } ?? .none
  }

  private var codeOwnersErrors: [CodeOwnersError]? {
    codeowners?.errors?.compactMap { entry in
      guard let line = entry.line, let kind = entry.kind else { return nil }
      return CodeOwnersError(line: line, column: entry.column, kind: kind, suggestion: entry.suggestion)
    }
  }
}

extension Repository {
  /// Takes over when something was touched last; what was not asked for becomes unknown.
  mutating func takeTimes(of wire: RepositoryWire) {
    newestChangeAt = wire.pullRequests?.nodes?.first??.updatedAt
    newestDeploymentAt = wire.deployments?.nodes?.first??.createdAt
    newestDeploymentUpdateAt = wire.deployments?.nodes?.compactMap { $0?.updatedAt }.max()
    newestIssueAt = wire.issues?.nodes?.first??.updatedAt
  }
}
