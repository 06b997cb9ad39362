import KoalrCore
import KoalrGitHub
import PeerSupport

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
  func allRepositories() async throws -> AllPages<DiscoveredRepository> {
    try await AllPages { try await repositories(after: $0) }
  }

  func allPeople() async throws -> AllPages<PeopleEntry> { try await AllPages { try await people(after: $0) } }
}

/// Everything GitHub has of an organisation, as a sync reads it.
struct DrainedOrganization {
  let discovered: AllPages<DiscoveredRepository>
  let changes: Drained<Change>
  let deployments: Drained<Deployment>
  let issues: Drained<Issue>
  let people: AllPages<PeopleEntry>

  /// Reads it all; where `repositories` are given, those, whatever is discovered now.
  init(_ gitHub: GitHubCodeHost, of repositories: [Repository]? = nil, since: Date) async throws {
    discovered = try await gitHub.allRepositories()
    let repositories = repositories ?? discovered.elements.map(\.repository)
    changes = try await Drained(repositories, since: since) { try await gitHub.changes($0) }
    deployments = try await Drained(repositories, since: since) { try await gitHub.deployments($0) }
    issues = try await Drained(repositories, since: since) { try await gitHub.issues($0) }
    people = try await gitHub.allPeople()
  }

  var gaps: [SourceGap] { discovered.gaps + changes.gaps + deployments.gaps + issues.gaps + people.gaps }

  /// How it differs from the truth of a world.
  func differences(from world: GitHubWorld) -> [String] {
    var comparison = TruthComparison(world.truth)
    comparison.repositories(discovered.elements)
    comparison.changes(changes.elements)
    comparison.deployments(deployments.elements, since: world.since)
    comparison.issues(issues.elements, since: world.since)
    comparison.people(people.elements)
    return comparison.differences
  }
}
