public import KoalrCore

/// A code host that shows a mock world: repositories, changes, deployments, tickets, people.
public final class MockCodeHost: Sendable {
  /// The world, the failures and the calls.
  public let remote: MockRemote
  /// Whether changes bring their files along. GitHub's do not: that is the history's business.
  public let sendsFiles: Bool

  /// Makes a code host over a remote side that other adapters may share.
  public init(_ remote: MockRemote, sendsFiles: Bool = false) {
    self.remote = remote
    self.sendsFiles = sendsFiles
  }

  /// Makes a code host over a world of its own.
  public convenience init(_ world: MockWorld) { self.init(MockRemote(world)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: CodeHost {
  public func testConnection() async throws -> Connection {
    try await remote.testConnection(
      .testCodeHost,
      capabilities: [
        "read repositories", "read pull requests", "read checks", "read deployments", "read issues", "read members and teams",
      ])
  }

  public func repositories(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    let world = try await remote.enter(MockCall(.repositories, cursors: [cursor])).world
    return try remote.page(of: world.repositories.map(\.discovered), after: cursor, .repositories)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: QuickDiscovery {
  public func repositoriesInBrief(after cursor: Cursor?) async throws -> Page<DiscoveredRepository> {
    var page = try await repositories(after: cursor)
    for index in page.elements.indices { page.elements[index].repository.takeTimes(of: nil) }
    return page
  }

  public func adding(timesTo repositories: [Repository], since: Date) async throws -> [Repository] {
    let asked = repositories.prefix(remote.pageSizes.questions)
    let world = try await remote.enter(MockCall(.times, repositories: asked.map(\.id))).world
    return asked.map { repository in
      var repository = repository
      repository.takeTimes(of: world[repository.id]?.repository)
      return repository
    }
  }
}

extension MockRepository {
  fileprivate var discovered: DiscoveredRepository {
    DiscoveredRepository(
      repository: repository, codeOwners: codeOwners, openChanges: changes.count { $0.state == .open })
  }
}

extension Repository {
  /// Takes over when something was touched last in another; in none, nothing is known of it.
  fileprivate mutating func takeTimes(of other: Repository?) {
    newestChangeAt = other?.newestChangeAt
    newestDeploymentAt = other?.newestDeploymentAt
    newestDeploymentUpdateAt = other?.newestDeploymentUpdateAt
    newestIssueAt = other?.newestIssueAt
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: ChangeSource, DeploymentSource, IssueTracker {
  public func changes(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Change>] {
    try await remote.pages(.changes, requests) { repository, request in
      repository.changes
        .filter { $0.updatedAt >= request.since && (!request.openOnly || $0.state == .open) }
        .newestFirst(by: \.updatedAt, \.id.rawValue)
        .prefix(request.limit ?? .max)
        .map { sendsFiles ? $0 : $0.withoutFiles }
    }
  }

  public func deployments(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Deployment>] {
    try await remote.pages(.deployments, requests) { repository, request in
      repository.deployments.filter { $0.createdAt >= request.since }.newestFirst(by: \.createdAt, \.id.rawValue)
    }
  }

  public func issues(_ requests: [RepositoryPageRequest]) async throws -> [RepositoryPage<Issue>] {
    try await remote.pages(.issues, requests) { repository, request in
      repository.issues.filter { $0.updatedAt >= request.since }.newestFirst(by: \.updatedAt, \.id.rawValue)
    }
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockCodeHost: PeopleSource, AuthorResolver {
  public func people(after cursor: Cursor?) async throws -> Page<PeopleEntry> {
    let world = try await remote.enter(MockCall(.people, cursors: [cursor])).world
    let people = world.people.map { person in
      var person = person
      person.teams = []  // filled in by the engine, from the teams
      return PeopleEntry.contributor(person)
    }
    return try remote.page(of: people + world.teams.map(PeopleEntry.team), after: cursor, .people)
  }

  public func authors(of samples: [AuthorSample]) async throws -> [CommitID: Login] {
    let world = try await remote.enter(MockCall(.authors, repositories: samples.map(\.repository.id))).world
    var authors: [CommitID: Login] = [:]
    for sample in samples {
      let commit = world[sample.repository.id]?.commits.first { $0.sha == sample.sha }
      authors[sample.sha] = commit?.author
    }
    return authors
  }
}

extension Change {
  var withoutFiles: Change {
    var change = self
    change.files = nil
    return change
  }
}
