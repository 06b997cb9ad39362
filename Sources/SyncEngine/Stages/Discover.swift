import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Finds repositories with their CODEOWNERS, teams and members.
  func discover(in window: SyncWindow, connections: TestedConnections) async throws -> SyncWorld {
    async let people = discoverPeople(connection: connections.host)
    let found = try await discoverRepositories(connection: connections.host)
    let members = try await people
    reportUnknownNames(found.repositories, connection: connections.host)
    return SyncWorld(
      window: window, connections: connections, repositories: found.repositories, withoutCodeOwners: found.withoutCodeOwners,
      teams: TeamRoster(members.teams),
      authors: AccountDirectory(resolver: sources.authors, contributors: members.contributors))
  }

  private func discoverRepositories(
    connection: ConnectionID
  ) async throws -> (repositories: [Repository], withoutCodeOwners: Set<RepositoryID>) {
    var repositories: [RepositoryID: Repository] = [:]
    var withoutCodeOwners: Set<RepositoryID> = []
    var isWhole = options.repositories.isEmpty
    var isAnswered = false
    do {
      try await readList("repositories", connection: connection) {
        try await sources.codeHost.repositories(after: $0)
      } keep: { page in
        isAnswered = true
        isWhole = isWhole && page.gaps.isEmpty
        var batch = StoreBatch(connection: connection)
        for found in page.elements where options.wants(found.repository.name) {
          repositories[found.repository.id] = found.repository
          batch.upsert(found.repository)
          note(found, in: &batch, withoutCodeOwners: &withoutCodeOwners, connection: connection)
        }
        batch.checkpoint(checkpoint("repositories", after: page.next))
        try await store.write(batch)
        steps.yield(.discovered(repositories: repositories.count))
      }
    } catch let error as IntegrationError {
      // Without any page there is nothing to sync; with some, what was found is worth reading.
      guard isAnswered else { throw SyncError(description: error.description) }
      isWhole = false
      gaps.add(connection, "further repositories", error)
    }
    let sorted = repositories.values.sorted { $0.name < $1.name }
    if isWhole {
      var batch = StoreBatch(connection: connection)
      batch.replace(all: Repository.self, with: sorted)
      try await store.write(batch)
    }
    return (sorted, withoutCodeOwners)
  }

  private func note(
    _ found: DiscoveredRepository, in batch: inout StoreBatch, withoutCodeOwners: inout Set<RepositoryID>,
    connection: ConnectionID
  ) {
    switch found.codeOwners {
    case .found(let snapshot):
      batch.upsert(snapshot)
    case .none:
      withoutCodeOwners.insert(found.repository.id)
      batch.replace(all: CodeOwnersSnapshot.self, in: found.repository.id, with: [])
    case .unknown(let why):
      gaps.add(connection, "CODEOWNERS of \(found.repository.name)", why: why)
    }
  }

  private func discoverPeople(
    connection: ConnectionID
  ) async throws -> (contributors: [Contributor], teams: [Team]) {
    guard let source = sources.people else { return ([], []) }
    var contributors: [Contributor] = []
    var teams: [Team] = []
    do {
      try await readList("teams and members", connection: connection) {
        try await source.people(after: $0)
      } keep: { page in
        for entry in page.elements {
          switch entry {
          case .contributor(let contributor): contributors.append(contributor)
          case .team(let team): teams.append(team)
          }
        }
      }
      contributors = contributors.joined(to: teams)
      try await keepPeople(contributors, teams, connection: connection)
    } catch let error as IntegrationError {
      gaps.add(connection, "teams and members", error)
    }
    return (contributors, teams)
  }

  private func keepPeople(_ contributors: [Contributor], _ teams: [Team], connection: ConnectionID) async throws {
    var batch = StoreBatch(connection: connection)
    batch.replace(all: Team.self, with: teams)
    batch.replace(all: Contributor.self, with: contributors)
    batch.checkpoint(checkpoint("people", after: nil))
    try await store.write(batch)
  }

  private func reportUnknownNames(_ found: [Repository], connection: ConnectionID) {
    for wanted in options.repositories {
      let isFound = found.contains { repository in
        wanted.lowercased() == repository.name.rawValue.lowercased() || wanted.lowercased() == repository.name.name.lowercased()
      }
      if !isFound {
        gaps.add(
          connection, "repository \(wanted)", why: "no repository of this name is visible; check the spelling and the credential")
      }
    }
  }

  func checkpoint(_ scope: String, after cursor: Cursor?, since: Date? = nil) -> SyncCheckpoint {
    SyncCheckpoint(
      scope: SourceID(unchecked: scope), cursor: cursor?.rawValue, complete: cursor == nil, since: since, time: clock.now())
  }
}

extension [Contributor] {
  /// The contributors, each with the teams that name it as a member.
  fileprivate func joined(to teams: [Team]) -> [Contributor] {
    let slugs = teams.reduce(into: [Login: [String]]()) { slugs, team in
      for member in team.members { slugs[member, default: []].append(team.slug) }
    }
    return map { contributor in
      var contributor = contributor
      contributor.teams = slugs[contributor.login, default: []].sorted()
      return contributor
    }
  }
}
