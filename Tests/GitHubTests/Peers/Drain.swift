import KoalrCore
import KoalrGitHub

/// Everything a source has, page by page, as a sync asks for it.
struct Drained<Element: Sendable> {
  var elements: [RepositoryID: [Element]] = [:]
  var failures: [RepositoryID: IntegrationError] = [:]
  var gaps: [SourceGap] = []
  var calls = 0

  /// A list that goes on longer than this never ends.
  private static var maximumCalls: Int { 500 }

  init(
    _ repositories: [Repository], since: Date, openOnly: Bool = false,
    _ ask: ([RepositoryPageRequest]) async throws -> [RepositoryPage<Element>]
  ) async throws {
    var pending = repositories.map { RepositoryPageRequest(repository: $0, since: since, openOnly: openOnly) }
    while !pending.isEmpty, calls < Self.maximumCalls {
      calls += 1
      let answers = try await ask(Array(pending.prefix(100)))
      let asked = pending.prefix(answers.count)
      pending.removeFirst(answers.count)
      for (request, answer) in zip(asked, answers) {
        switch answer.result {
        case .failure(let error): failures[answer.repositoryID] = error
        case .success(let page):
          elements[answer.repositoryID, default: []] += page.elements
          gaps += page.gaps
          guard let next = page.next else { continue }
          var further = request
          further.after = next
          pending.append(further)
        }
      }
    }
  }
}

extension GitHubCodeHost {
  func allRepositories() async throws -> (found: [DiscoveredRepository], gaps: [SourceGap]) {
    var found: [DiscoveredRepository] = []
    var gaps: [SourceGap] = []
    var cursor: Cursor?
    repeat {
      let page = try await repositories(after: cursor)
      found += page.elements
      gaps += page.gaps
      cursor = page.next
    } while cursor != nil
    return (found, gaps)
  }

  func allPeople() async throws -> (entries: [PeopleEntry], gaps: [SourceGap]) {
    var entries: [PeopleEntry] = []
    var gaps: [SourceGap] = []
    var cursor: Cursor?
    repeat {
      let page = try await people(after: cursor)
      entries += page.elements
      gaps += page.gaps
      cursor = page.next
    } while cursor != nil
    return (entries, gaps)
  }
}
