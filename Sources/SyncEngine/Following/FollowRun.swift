import KoalrDomain
import KoalrIntegrationProtocols
import KoalrRiskModel
import KoalrStorage

/// Follows the events of one batch. A failure is that of the repository it happened in; the others go on.
struct FollowRun {
  let follower: Follower
  /// The stages of a sync, for the parts of it that are done again.
  let engine: SyncEngine
  var works: [RepositoryID: RepositoryWork] = [:]
  private var peopleFailure: (reason: String, wait: Duration?)?

  var store: any Store { follower.store }
  var connection: ConnectionID { follower.connection }

  init(_ follower: Follower) {
    self.follower = follower
    var sources = follower.sources
    (sources.vulnerabilities, sources.incidents) = (nil, nil)
    engine = SyncEngine(
      sources: sources, store: follower.store, options: follower.options, scorer: follower.scorer, clock: follower.clock,
      observer: follower.observer)
  }

  /// Returns what came of each event.
  mutating func outcomes(of events: [FollowedEvent]) async -> [FollowOutcome] {
    var asksPeople = false
    let idle: Set<RepositoryID>
    do {
      var plan = FollowPlan(store: store, connection: connection, options: follower.options)
      for event in events { try await plan.add(event) }
      (works, asksPeople) = (plan.works, plan.asksPeople)
      idle = Set(works.values.filter { $0.isEmpty && !$0.isRepeated }.map(\.id))
      for id in idle { works[id] = nil }
      try await follow(asksPeople: asksPeople)
      try await noteEvents()
    } catch {
      let (reason, wait) = FollowOutcome.failure(of: error)
      return events.map { _ in .failed(reason, wait) }
    }
    return events.map { followed in
      guard let id = followed.event.repository else {
        guard followed.event.subjects.contains(.people), let failure = peopleFailure else { return .applied }
        return .failed(failure.reason, failure.wait)
      }
      if let failure = works[id]?.failure { return .failed(failure.reason, failure.wait) }
      return idle.contains(id) ? .upToDate : .applied
    }
  }

  private mutating func follow(asksPeople: Bool) async throws {
    try await askRepositories(works.values.filter(\.asksRepository).map(\.id))
    try await askItems()
    let behind = try await repositoriesBehindTheirMerges()
    if !behind.isEmpty { try await askRepositories(behind) }
    var changedTeams = false
    if asksPeople { changedTeams = try await readPeople() }
    guard !works.isEmpty || changedTeams else { return }
    let surroundings = try await FollowSurroundings(self)
    for id in works.keys.sorted() { try await derive(id, surroundings) }
    if changedTeams { try await scoreOwned(surroundings) }
  }

  // MARK: Deriving

  /// Reads what a repository lacks now of commits and files, and scores it.
  private mutating func derive(_ id: RepositoryID, _ surroundings: FollowSurroundings) async throws {
    guard var work = works[id], work.failure == nil, let repository = work.repository else { return }
    try Task.checkCancellation()
    let world = try await surroundings.world(of: repository, isNew: work.isNew)
    do {
      if work.isNew {
        try await engine.backfill(world)
        if let gap = gap(in: repository) {
          work.failure = gap
        } else {
          try await keepNew(repository)
        }
      } else {
        let lacksFiles = try await lacksFiles(work)
        if work.readsHistory || lacksFiles { try await engine.readHistory(of: repository, world: world) }
        if !work.changes.isEmpty || work.isRepeated { try await engine.readDependencies(of: repository, world: world) }
        if work.isTouched || work.readsHistory || lacksFiles || work.isRepeated {
          _ = try await engine.assess(repository, world: world)
        }
      }
      work.failure = work.failure ?? gap(in: repository)
    } catch let error as IntegrationError {
      work.fail(error)
    }
    works[id] = work
  }

  /// What could not be read of a repository now and may be read later.
  private func gap(in repository: Repository) -> (reason: String, wait: Duration?)? {
    let scopes = SyncPart.allCases.map { SourceID.part($0, of: repository.id) } + [.dependencies(of: repository.id)]
    return scopes.lazy.compactMap { engine.gaps.passing(in: $0) }.first.map { ("\($0.what): \($0.why)", nil) }
  }

  private func keepNew(_ repository: Repository) async throws {
    var batch = StoreBatch(connection: connection)
    batch.upsert(repository)
    try await store.write(batch)
  }

  /// Whether a change that was read has files that the history has to tell.
  private func lacksFiles(_ work: RepositoryWork) async throws -> Bool {
    for id in work.changes {
      let change = try await store.record(Change.self, id: RecordID(unchecked: id.rawValue), connection: connection)
      if let change, change.files == nil { return true }
    }
    return false
  }

  /// Scores every repository whose owners may be teams.
  private func scoreOwned(_ surroundings: FollowSurroundings) async throws {
    for repository in try await store.all(RecordQuery(Repository.self, connection: connection)) {
      guard works[repository.id] == nil, try await snapshot(of: repository.id) != nil else { continue }
      _ = try await engine.assess(repository, world: try await surroundings.world(of: repository, isNew: false))
    }
  }

  func snapshot(of repository: RepositoryID) async throws -> CodeOwnersSnapshot? {
    try await store.record(CodeOwnersSnapshot.self, id: RecordID(unchecked: repository.rawValue), connection: connection)
  }

  // MARK: People

  /// Reads members and teams; returns whether a team has changed.
  private mutating func readPeople() async throws -> Bool {
    let before = try await store.all(RecordQuery(Team.self, connection: connection))
    do {
      _ = try await engine.discoverPeople(connection: connection)
    } catch let error as IntegrationError {
      peopleFailure = FollowOutcome.failure(of: error)
      return false
    }
    if let gap = engine.gaps.passing(in: .people) { peopleFailure = ("\(gap.what): \(gap.why)", nil) }
    return try await store.all(RecordQuery(Team.self, connection: connection)) != before
  }

  /// Notes when events came last.
  private func noteEvents() async throws {
    var batch = StoreBatch(connection: connection)
    batch.checkpoint(SyncCheckpoint(scope: .events, cursor: nil, complete: true, since: nil, time: follower.clock.now()))
    try await store.write(batch)
  }
}
