import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads a repository's commits and the files of its changes.
  ///
  /// Where an interrupted run read all of it, nothing is asked, unless changes without files came after it.
  ///
  /// - Returns: the changes that are stored of the repository now, where they had to be looked at.
  @discardableResult
  func readHistory(of repository: Repository, world: SyncWorld) async throws -> [Change]? {
    guard repository.headSHA != nil else { return nil }
    guard let source = sources.history else {
      gaps.add(
        world.connections.host, "history of \(repository.name)", why: "no source of history is set up",
        in: .part(.history, of: repository.id))
      return nil
    }
    let changes = try await storedChanges(of: repository, world: world)
    let ranges = (changes ?? []).filter { $0.files == nil }.compactMap(ChangeRange.init).sorted { $0.id < $1.id }
    let isQuiet = repository.pushedAt.map { $0 < world.window.since } ?? false
    if isQuiet && ranges.isEmpty { return changes }
    if ranges.isEmpty, try await isHistoryRead(of: repository, world: world) { return changes }
    let reading = try await HistoryReading(repository, changes: changes ?? [], engine: self, world: world)
    try await forgetCoverageProgress(of: repository, world: world)
    try await read(reading, of: repository, ranges: ranges, from: source, world: world)
    return tellsChanges ? nil : changes.map(reading.addingFiles)
  }

  private func read(
    _ reading: HistoryReading, of repository: Repository, ranges: [ChangeRange], from source: any HistorySource, world: SyncWorld
  ) async throws {
    let connection = world.connections.host
    let scope = SourceID.part(.history, of: repository.id)
    let request = HistoryRequest(
      repository: repository, since: world.window.since, changes: ranges, derivesChanges: tellsChanges,
      hasFiles: { sha in
        let id = RecordID(unchecked: "\(repository.id)@\(sha)")
        return try await self.store.record(Commit.self, id: id, connection: connection)?.files != nil
      })
    do {
      let summary = try await twice {
        try await keepingAll(of: reading) {
          try await source.readHistory(request) { try await self.keep($0, in: reading, of: repository, world: world) }
        }
      }
      gaps.add(connection, summary.gaps, in: scope)
      for (id, why) in summary.unreadChanges {
        gaps.add(connection, "files of \(repository.name)\(reading.label(of: id))", why: why, in: scope)
      }
      var batch = reading.takeBatch()
      if summary.gaps.isEmpty { reading.forgetUnreachable(in: &batch) }
      batch.checkpoint(checkpoint(scope, after: nil, since: world.window.since, earlier: world.earlier[scope]))
      try await store.write(batch)
    } catch let error as IntegrationError {
      gaps.add(connection, "history of \(repository.name)", error, in: scope)
    }
  }

  /// Whether the history has to tell the changes, because no code host does.
  private var tellsChanges: Bool { sources.changes == nil && options.reads(.pullRequests) }

  /// Does it once more after a failure that may pass by itself. Batches that were kept are kept again, which changes nothing.
  private func twice<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch let error as IntegrationError where error.retry != .never {
      try Task.checkCancellation()
      observer.observe(.note("\(error); trying once more"))
      return try await body()
    }
  }

  /// The changes that are stored, unless they are none of the run's. Those the host counts no files of are settled here.
  private func storedChanges(of repository: Repository, world: SyncWorld) async throws -> [Change]? {
    guard options.reads(.pullRequests) else { return nil }
    let connection = world.connections.host
    var changes = try await store.all(RecordQuery(Change.self, connection: connection, repository: repository.id))
    var batch = StoreBatch(connection: connection)
    for index in changes.indices where changes[index].files == nil {
      let change = changes[index]
      if change.changedFiles == 0 {
        batch.upsert(change.with(files: []))
        changes[index].files = []
      } else if ChangeRange(change) == nil {
        gaps.add(
          connection, "files of \(repository.name)\(change.label)", why: "the host did not say which commits it compares",
          in: .part(.history, of: repository.id))
      }
    }
    if !batch.isEmpty { try await store.write(batch) }
    return changes
  }

  private func keep(
    _ history: HistoryBatch, in reading: HistoryReading, of repository: Repository, world: SyncWorld
  ) async throws {
    let commits = try await withAuthors(history.commits, of: repository, world: world)
    if let full = reading.add(history, with: commits) { try await store.write(full) }
  }

  /// Stores what was read until a failure too.
  private func keepingAll<Result>(of reading: HistoryReading, _ body: () async throws -> Result) async throws -> Result {
    do {
      return try await body()
    } catch {
      let batch = reading.takeBatch()
      if !batch.isEmpty { try await store.write(batch) }
      throw error
    }
  }

  private func withAuthors(_ commits: [Commit], of repository: Repository, world: SyncWorld) async throws -> [Commit] {
    do {
      return try await world.authors.resolve(commits, of: repository)
    } catch let error as IntegrationError {
      gaps.add(
        world.connections.host, "accounts of commit authors of \(repository.name)", error, in: .part(.history, of: repository.id))
      return await world.authors.known(commits)
    }
  }
}

extension ChangeRange {
  fileprivate init?(_ change: Change) {
    guard let base = change.baseSHA, let head = change.headSHA else { return nil }
    self.init(id: change.id, number: change.number, baseSHA: base, headSHA: head, mergeSHA: change.mergeSHA)
  }
}

extension Change {
  /// The change with its files and without the parts that others read, so that writing it moves nothing but the files.
  func with(files: [ChangedFile]) -> Change {
    var change = self
    change.files = files
    (change.labels, change.reviews, change.comments, change.checks) = (nil, nil, nil, nil)
    return change
  }
}
