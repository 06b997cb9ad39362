import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads the whole window, part by part and many repositories at once, and scores each repository as soon as it has all parts.
  ///
  /// - Returns: how much was stored of each repository when it was scored.
  @discardableResult
  func backfill(_ world: SyncWorld) async throws -> [RepositoryID: StoredCounts] {
    // First: a repository is scored as soon as its own parts are complete, and the scores need the incidents.
    try await readIncidents(world)
    let run = BackfillRun(engine: self, world: world)
    let (ready, changesComplete) = AsyncStream<Repository>.makeStream()
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        defer { changesComplete.finish() }
        try await run.readChanges { changesComplete.yield($0) }
      }
      group.addTask {
        let measured = try await self.measuredRepositories(world)
        try await forEachConcurrently(ready, limit: self.options.concurrency) { repository in
          let changes = try await self.readHistory(of: repository, world: world)
          try await self.readDependencies(of: repository, changes: changes, world: world)
          try await run.finish(.history, of: repository)
          try await self.readCoverage(of: repository, changes: changes, world: world, measured: measured)
          try await run.finish(.coverage, of: repository)
        }
      }
      group.addTask { try await run.readDeployments() }
      group.addTask { try await run.readIssues() }
      group.addTask { try await self.readFindings(world) }
      // Not `waitForAll`: a store that fails ends the other parts at once.
      for try await _ in group {}
    }
    try Task.checkCancellation()
    return run.stored
  }
}

/// The part of a backfill that counts what is done.
private struct BackfillRun: Sendable {
  let engine: SyncEngine
  let world: SyncWorld
  private let tracker: RepositoryTracker
  private let scored = ScoredRepositories()

  init(engine: SyncEngine, world: SyncWorld) {
    self.engine = engine
    self.world = world
    tracker = RepositoryTracker(world.repositories, parts: Set(SyncPart.allCases))
  }

  /// How much was stored of each repository when it was scored.
  var stored: [RepositoryID: StoredCounts] { scored.stored }

  /// Notes that a part has ended, well or not; scores the repository after its last part.
  ///
  /// A run that goes on scores every repository too, although the interrupted one may have: what a score is made of
  /// (incidents, teams, CODEOWNERS) was read again just now, and computing it costs less than finding out whether it would be
  /// the same.
  func finish(_ part: SyncPart, of repository: Repository) async throws {
    engine.steps.yield(.finished(repository.name, part))
    guard tracker.finish(part, of: repository.id) else { return }
    let assessed = try await engine.assess(repository, world: world)
    let done = scored.add(repository.id, assessed.stored)
    engine.steps.yield(.scored(repository.name, score: assessed.own?.score, done: done, of: world.repositories.count))
  }

  func readChanges(ready: (Repository) -> Void) async throws {
    try await read(.changes, from: engine.sources.changes) { source, requests in
      try await source.changes(requests)
    } recheck: {
      try await engine.recheckOpenChanges(of: $0, world: world)
    } finished: { repository in
      try await finish(.changes, of: repository)
      ready(repository)
    }
  }

  func readDeployments() async throws {
    try await read(.deployments, from: engine.sources.deployments) { source, requests in
      try await source.deployments(requests)
    } recheck: {
      try await engine.recheckDeployments(of: $0, world: world)
    } finished: {
      try await finish(.deployments, of: $0)
    }
  }

  func readIssues() async throws {
    try await read(.issues, from: engine.sources.issues) { source, requests in
      try await source.issues(requests)
    } recheck: { _ in
    } finished: {
      try await finish(.issues, of: $0)
    }
  }

  /// Reads one part of all repositories; those that are known to be quiet, or a part nobody can tell or that is read,
  /// end at once. `recheck` asks, where earlier runs read the part, for what may have moved without moving in the list.
  private func read<Source, Record: StoredRecord>(
    _ part: SyncPart, from source: Source?,
    ask: (Source, [RepositoryPageRequest]) async throws -> [RepositoryPage<Record>],
    recheck: ([Repository]) async throws -> Void, finished: (Repository) async throws -> Void
  ) async throws {
    guard let source else {
      for repository in world.repositories { try await finished(repository) }
      return
    }
    var plan = ListPlan()
    for repository in world.repositories {
      if try await !plan.add(repository, part, engine: engine, world: world) { try await finished(repository) }
    }
    // What coverage is kept of depends on the changes that are known.
    if part == .changes {
      for request in plan.requests { try await engine.forgetCoverageProgress(of: request.repository, world: world) }
    }
    let known = plan.known
    try await engine.readPages(
      part, of: plan.requests, world: world, resumed: plan.resumed, ask: { try await ask(source, $0) },
      finished: { repositories in
        for repository in repositories where known[repository.id] == nil {
          if part == .changes { try await engine.reconcileOpenChanges(of: repository, world: world) }
          try await finished(repository)
        }
      })
    let rechecked = world.repositories.filter { known[$0.id] != nil }
    try await recheck(rechecked)
    for repository in rechecked { try await finished(repository) }
  }
}

/// Which lists of a part have to be read, and from where.
private struct ListPlan {
  /// The questions to begin with.
  var requests: [RepositoryPageRequest] = []
  /// Those among them that an interrupted run left in the middle.
  var resumed = ResumedLists()
  /// The repositories of which earlier runs read the part.
  var known: [RepositoryID: SyncCheckpoint.Span] = [:]

  /// Adds a repository; returns whether there is anything to ask about it.
  mutating func add(
    _ repository: Repository, _ part: SyncPart, engine: SyncEngine, world: SyncWorld
  ) async throws -> Bool {
    guard !repository.hasNothing(of: part, since: world.window.since) else { return false }
    // Without single questions nobody could tell what moved behind the place that a list is read from.
    let span = part == .issues || engine.sources.items != nil ? world.span(part, of: repository) : nil
    known[repository.id] = span
    let request = RepositoryPageRequest(repository: repository, since: world.beginning(span))
    let scope = SourceID.part(part, of: repository.id)
    switch try await engine.resumption(of: scope, connection: world.connections.host, world: world) {
    case .beginning:
      if span == nil || !repository.isQuiet(part, since: request.since) { requests.append(request) }
    case .place(let place): requests.append(resumed.add(request, leftAt: place, runBegan: world.window.now))
    case .done: return span != nil
    }
    return true
  }
}
