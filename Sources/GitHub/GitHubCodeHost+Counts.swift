public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ContentCounter {
  public func counts(in repositories: [Repository], since: Date) async throws -> [ContentCounts] {
    try await counts(in: repositories, since: since, stored: [:])
  }

  public func counts(
    in repositories: [Repository], since: Date, stored: [RepositoryID: ContentCounts]
  ) async throws -> [ContentCounts] {
    let asked = Array(repositories.prefix(stored.isEmpty ? Self.repositoriesAlone : limits.counts.current))
    guard !asked.isEmpty else { return [] }
    // A search takes its time, so those that probably hold what is stored are counted together.
    let size = stored.isEmpty ? 1 : WindowCountQuery.namedRepositories
    let groups = stride(from: 0, to: asked.count, by: size).map { Array(asked[$0..<min($0 + size, asked.count)]) }
    switch try await graphQL.ask(CountsQuery.make(asked, groups: groups, since: since), for: AliasedWire<CountsWire>.self) {
    case .answered(let answer) where answer.errors.contains(where: \.isOverload) && asked.count > 1:
      limits.counts.tooMuch(asked.count)
      return try await counts(in: Array(asked.prefix(max(1, asked.count / 2))), since: since, stored: stored)
    case .overloaded(let error):
      limits.counts.tooMuch(asked.count)
      guard asked.count > 1 else { throw error }
      return try await counts(in: Array(asked.prefix(asked.count / 2)), since: since, stored: stored)
    case .answered(let answer):
      limits.counts.answered(asked.count)
      return try await read(answer.data.values, of: asked, groups, since: since, stored: stored)
    }
  }

  /// Two searches each: so many repositories are counted one by one in a call.
  private static var repositoriesAlone: Int { 35 }

  private func read(
    _ values: [String: CountsWire], of asked: [Repository], _ groups: [[Repository]], since: Date,
    stored: [RepositoryID: ContentCounts]
  ) async throws -> [ContentCounts] {
    var found: [RepositoryID: ContentCounts] = [:]
    var doubtful: [Repository] = []
    for (index, group) in groups.enumerated() {
      let (all, open) = (values["a\(index)"]?.issueCount, values["o\(index)"]?.issueCount)
      guard group.count > 1 else {
        found[group[0].id] = ContentCounts(repositoryID: group[0].id, changes: all, openChanges: open)
        continue
      }
      // Pull requests cannot be deleted, so no repository holds fewer than are stored of it: a sum that agrees agrees in each.
      let known = group.map { stored[$0.id] }
      if known.reduce(0, { $0 + ($1?.changes ?? 0) }) == all, known.reduce(0, { $0 + ($1?.openChanges ?? 0) }) == open {
        for repository in group { found[repository.id] = stored[repository.id] }
      } else {
        doubtful += group
      }
    }
    while !doubtful.isEmpty {
      let answers = try await counts(in: doubtful, since: since)
      for answer in answers { found[answer.repositoryID] = answer }
      doubtful.removeFirst(answers.count)
    }
    return asked.enumerated().map { index, repository in
      let wire = values["r\(index)"]
      return ContentCounts(
        repositoryID: repository.id, changes: found[repository.id]?.changes, openChanges: found[repository.id]?.openChanges,
        commits: wire?.defaultBranchRef?.target?.history?.totalCount, issues: wire?.issues?.totalCount)
    }
  }
}
