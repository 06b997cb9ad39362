import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// What is known of each repository, and which of them the host has to be asked about.
struct CertificationPlan {
  var tallies: [RepositoryID: Tally] = [:]
  var uncounted: [Repository] = []
  /// What earlier runs certified.
  private var earlier: [RepositoryID: Certificate] = [:]

  init(engine: SyncEngine, world: SyncWorld) async throws {
    let certificates = try await engine.store.all(RecordQuery(Certificate.self, connection: world.connections.host))
    for certificate in certificates { earlier[certificate.repositoryID] = certificate }
  }

  mutating func add(
    _ repository: Repository, stored: StoredCounts?, engine: SyncEngine, world: SyncWorld
  ) async throws {
    let counts = if let stored { stored } else { try await StoredCounts(of: repository, store: engine.store, world: world) }
    var tally = Tally(stored: counts)
    let last = earlier[repository.id]
    let isUntouched = try await engine.isUntouched(repository, world: world)
    if let last, last.isComplete, isUntouched {
      // Nothing happened since it was complete, so what the window holds now is what is stored of it.
      for part in last.parts where part.expected != nil {
        if let kind = Tally.Kind(rawValue: part.name) { tally.expected[kind] = tally.stored[kind] }
      }
    } else {
      uncounted.append(repository)
    }
    for kind in Tally.Kind.allCases where engine.gaps.count(in: .part(kind.part, of: repository.id)) > 0 {
      if try await !engine.isRead(.part(kind.part, of: repository.id), world: world) { tally.truncated.insert(kind) }
    }
    tallies[repository.id] = tally
  }

  /// How many changes are stored of each repository.
  var stored: [RepositoryID: ContentCounts] {
    tallies.reduce(into: [:]) { counts, entry in
      counts[entry.key] = ContentCounts(
        repositoryID: entry.key, changes: entry.value.stored[.changes], openChanges: entry.value.stored[.openChanges])
    }
  }

  /// Counts what is stored of the repositories whose host counts otherwise.
  mutating func recount(engine: SyncEngine, world: SyncWorld) async throws {
    for repository in world.repositories where tallies[repository.id]?.agrees == false {
      tallies[repository.id]?.stored = try await StoredCounts(of: repository, store: engine.store, world: world)
    }
  }

  mutating func note(_ why: String, of repositories: [Repository]) {
    for repository in repositories { tallies[repository.id]?.uncounted = why }
  }
}

extension SyncEngine {
  /// Whether the host's own times say that nothing happened in a repository since earlier runs read all of it.
  fileprivate func isUntouched(_ repository: Repository, world: SyncWorld) async throws -> Bool {
    for part in [SyncPart.changes, .deployments, .issues] {
      if repository.hasNothing(of: part, since: world.window.since) { continue }
      guard let span = world.span(part, of: repository), repository.isQuiet(part, since: world.beginning(span)) else {
        return false
      }
    }
    guard let head = repository.headSHA, repository.pushedAt.map({ $0 >= world.window.since }) ?? true else { return true }
    let id = RecordID(unchecked: "\(repository.id)@\(head)")
    guard world.span(.history, of: repository) != nil else { return false }
    return try await store.record(Commit.self, id: id, connection: world.connections.host) != nil
  }
}
