import KoalrDomain
import KoalrIntegrationProtocols

extension GitHubCodeHost {
  /// Counts the pull requests of windows that are about to be read, many repositories in a call that costs one point: who knows how
  /// many there are asks for no more. A hint only: what cannot be counted is read in pages of the usual size.
  func countWindows(of requests: [RepositoryPageRequest]) async throws {
    let kind = RepositoryListKind.pullRequests
    // As long as the next list is counted there is no hurry; then as many as possible are.
    guard let next = requests.first(where: { $0.after == nil }), kind.isWorthCounting(next, totals[next.repository.id]) else {
      return
    }
    let asked = uncounted(requests.filter { $0.since == next.since })
    let query = CountsQuery.windows(asked.map(\.repository), since: next.since)
    var found: [String: CountsWire] = [:]
    switch try await graphQL.ask(query, for: AliasedWire<CountsWire>.self) {
    case .overloaded: limits.windows.tooMuch(asked.count)
    case .answered(let answer):
      if answer.errors.contains(where: \.isOverload) {
        limits.windows.tooMuch(asked.count)
      } else {
        limits.windows.answered(asked.count)
      }
      found = answer.data.values
    }
    keepWindows(of: asked) { found["a\($0)"]?.issueCount }
  }

  /// Those whose windows are worth being counted now, as many as go into one call.
  func uncounted(_ requests: [RepositoryPageRequest]) -> [RepositoryPageRequest] {
    Array(
      requests.lazy.filter { RepositoryListKind.pullRequests.isWorthCounting($0, totals[$0.repository.id]) }
        .prefix(limits.windows.current))
  }

  /// Remembers what was counted, and what could not be, so that it is not asked for again.
  func keepWindows(of asked: [RepositoryPageRequest], count: (Int) -> Int?) {
    for (index, request) in asked.enumerated() {
      totals[request.repository.id].window = .init(since: request.since, pullRequests: count(index))
    }
  }
}
