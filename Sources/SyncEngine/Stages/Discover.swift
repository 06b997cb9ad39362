import KoalrCodeOwnersParser
import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

extension SyncEngine {
  /// Finds repositories with their CODEOWNERS, teams and members.
  func discover(_ run: RunMark, connections: TestedConnections) async throws -> SyncWorld {
    async let people = discoverPeople(connection: connections.host)
    let earlier = try await earlierSpans(connection: connections.host)
    // A first run has nothing to compare the newest times with: they can wait until the first scores are there.
    let quick = earlier.isEmpty && !options.plansOnly ? sources.codeHost as? any QuickDiscovery : nil
    let found = try await discoverRepositories(connection: connections.host, now: run.window.now) { cursor in
      if let quick { return try await quick.repositoriesInBrief(after: cursor) }
      return try await sources.codeHost.repositories(after: cursor)
    }
    let members = try await people
    let known = try await store.page(RecordQuery(Change.self, connection: connections.host, limit: 1))
    reportUnknownNames(found.repositories, connection: connections.host)
    reportHidden(connections.codeHost)
    return SyncWorld(
      window: run.window, isResumed: run.isResumed, hasEarlierChanges: !known.records.isEmpty, earlier: earlier,
      connections: connections,
      repositories: found.repositories,
      openChanges: found.openChanges,
      isBrief: quick != nil,
      withoutCodeOwners: found.withoutCodeOwners,
      teams: TeamRoster(members.teams),
      authors: AccountDirectory(resolver: sources.authors, contributors: members.contributors))
  }

  private func discoverRepositories(
    connection: ConnectionID, now: Date, ask: (Cursor?) async throws -> Page<DiscoveredRepository>
  ) async throws -> DiscoveredRepositories {
    var found = DiscoveredRepositories()
    let isWhole: Bool
    do {
      isWhole = try await readList("repositories", connection: connection, scope: .repositories, ask: ask) { page in
        var batch = StoreBatch(connection: connection)
        found.isAnswered = true
        for repository in page.elements where options.wants(repository.repository.name) {
          found.add(repository)
          batch.upsert(repository.repository)
          try await batch.keep(repository.codeOwners, of: repository.repository.id, seenAt: now, in: store)
          if case .unknown(let why) = repository.codeOwners {
            gaps.add(connection, "CODEOWNERS of \(repository.repository.name)", why: why, in: .repositories)
          }
        }
        batch.checkpoint(checkpoint(.repositories, after: page.next))
        try await store.write(batch)
        steps.yield(.discovered(repositories: found.byID.count))
      }
    } catch let error as IntegrationError {
      // Without any page there is nothing to sync; with some, what was found is worth reading.
      guard found.isAnswered else { throw SyncError(description: error.description) }
      isWhole = false
      gaps.add(connection, "further repositories", error, in: .repositories)
    }
    if isWhole && options.repositories.isEmpty {
      var batch = StoreBatch(connection: connection)
      batch.replace(all: Repository.self, with: found.repositories)
      try await store.write(batch)
    }
    return found
  }

  func discoverPeople(
    connection: ConnectionID
  ) async throws -> (contributors: [Contributor], teams: [Team]) {
    guard let source = sources.people else { return ([], []) }
    var contributors: [Contributor] = []
    var teams: [Team] = []
    do {
      let isWhole = try await readList("teams and members", connection: connection, scope: .people) {
        try await source.people(after: $0)
      } keep: { page in
        for entry in page.elements {
          switch entry {
          case .contributor(let contributor): contributors.append(contributor)
          case .team(let team): teams.append(team)
          }
        }
      }
      // Somebody may belong to several organisations of the connection.
      var known: Set<SourceID> = []
      contributors = contributors.filter { known.insert($0.id).inserted }.joined(to: teams)
      try await keepPeople(contributors, teams, isWhole: isWhole, connection: connection)
    } catch let error as IntegrationError {
      gaps.add(connection, "teams and members", error, in: .people)
    }
    return (contributors, teams)
  }

  /// Who is missing from a whole list has left; a list with gaps says nothing about those it does not name.
  private func keepPeople(
    _ contributors: [Contributor], _ teams: [Team], isWhole: Bool, connection: ConnectionID
  ) async throws {
    var batch = StoreBatch(connection: connection)
    if isWhole {
      batch.replace(all: Team.self, with: teams)
      batch.replace(all: Contributor.self, with: contributors)
    } else {
      batch.upsert(teams)
      batch.upsert(contributors)
    }
    batch.checkpoint(checkpoint(.people, after: nil))
    try await store.write(batch)
  }

  private func reportUnknownNames(_ found: [Repository], connection: ConnectionID) {
    for wanted in options.repositories where !found.contains(where: { SyncOptions.means(wanted, $0.name) }) {
      gaps.add(
        connection, "repository \(wanted)", why: "no repository of this name is visible; check the spelling and the credential")
    }
  }
}

extension SyncEngine {
  /// Where everything was asked for, what the credential is not shown is missing.
  private func reportHidden(_ host: Connection) {
    guard options.repositories.isEmpty else { return }
    for access in host.organizationAccess ?? [] where access.state == .granted {
      guard let hidden = access.hiddenRepositories, hidden > 0, let all = access.allRepositories else { continue }
      let remedy = access.remedy.map { "; \($0.nextStep)" } ?? ""
      gaps.add(
        host.id, "\(hidden) of \(all) repositories of \(access.name)", why: "the credential is not shown them\(remedy)")
    }
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

/// The repositories of all pages so far.
private struct DiscoveredRepositories {
  var byID: [RepositoryID: Repository] = [:]
  var withoutCodeOwners: Set<RepositoryID> = []
  var openChanges: [RepositoryID: Int] = [:]
  var isAnswered = false

  /// By name.
  var repositories: [Repository] { byID.values.sorted { $0.name < $1.name } }

  mutating func add(_ found: DiscoveredRepository) {
    byID[found.repository.id] = found.repository
    openChanges[found.repository.id] = found.openChanges
    if found.codeOwners == .none { withoutCodeOwners.insert(found.repository.id) }
  }
}
