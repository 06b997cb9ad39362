public import KoalrDomain
public import KoalrIntegrationProtocols

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubCodeHost: ContentCounter {
  public func counts(in repositories: [Repository], since: Date) async throws -> [ContentCounts] {
    guard !repositories.isEmpty else { return [] }
    while true {
      let asked = Array(repositories.prefix(limits.counts.current))
      switch try await graphQL.ask(CountsQuery.make(asked, since: since), for: AliasedWire<CountsWire>.self) {
      case .answered(let answer) where answer.errors.contains(where: \.isOverload) && asked.count > 1:
        limits.counts.tooMuch(asked.count)
      case .overloaded(let error):
        limits.counts.tooMuch(asked.count)
        if asked.count == 1 { throw error }
      case .answered(let answer):
        limits.counts.answered(asked.count)
        return asked.enumerated().map { index, repository in
          let found = answer.data.values["r\(index)"]
          return ContentCounts(
            repositoryID: repository.id, changes: answer.data.values["a\(index)"]?.issueCount,
            openChanges: answer.data.values["o\(index)"]?.issueCount,
            commits: found?.defaultBranchRef?.target?.history?.totalCount, issues: found?.issues?.totalCount)
        }
      }
    }
  }
}
