import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads a repository's commits and the files of its changes.
  ///
  /// Where an interrupted run read all of it, nothing is asked, unless changes without files came after it.
  func readHistory(of repository: Repository, world: SyncWorld) async throws {
    let connection = world.connections.host
    let scope = SourceID.part(.history, of: repository.id)
    guard repository.headSHA != nil else { return }
    guard let source = sources.history else {
      gaps.add(connection, "history of \(repository.name)", why: "no source of history is set up", in: scope)
      return
    }
    let changes = try await changesWithoutFiles(of: repository, world: world)
    let ranges = changes.values.compactMap(ChangeRange.init).sorted { $0.id < $1.id }
    let isQuiet = repository.pushedAt.map { $0 < world.window.since } ?? false
    if isQuiet && ranges.isEmpty { return }
    if ranges.isEmpty, try await isHistoryRead(of: repository, world: world) { return }
    let reading = try await HistoryReading(repository, engine: self, world: world)
    try await forgetCoverageProgress(of: repository, world: world)
    let request = HistoryRequest(
      repository: repository, since: world.window.since, changes: ranges, derivesChanges: tellsChanges,
      hasFiles: { sha in
        let id = RecordID(unchecked: "\(repository.id)@\(sha)")
        return try await self.store.record(Commit.self, id: id, connection: connection)?.files != nil
      })
    do {
      let summary = try await twice {
        try await source.readHistory(request) { batch in
          reading.note(batch.commits)
          try await self.keep(batch, of: repository, changes: changes, world: world)
        }
      }
      gaps.add(connection, summary.gaps, in: scope)
      for (id, why) in summary.unreadChanges {
        gaps.add(connection, "files of \(repository.name)\(changes[id]?.label ?? "")", why: why, in: scope)
      }
      var batch = StoreBatch(connection: connection)
      if summary.gaps.isEmpty { reading.forgetUnreachable(in: &batch) }
      batch.checkpoint(checkpoint(scope, after: nil, since: world.window.since, earlier: world.earlier[scope]))
      try await store.write(batch)
    } catch let error as IntegrationError {
      gaps.add(connection, "history of \(repository.name)", error, in: scope)
    }
  }

  /// Whether the history has to tell the changes, because no code host does.
  private var tellsChanges: Bool { sources.changes == nil && options.reads(.pullRequests) }

  /// Whether this run, before it was interrupted, or an earlier one read the history up to the commit that is the newest now, and
  /// no further: a branch that was set back still has commits here that it lost.
  private func isHistoryRead(of repository: Repository, world: SyncWorld) async throws -> Bool {
    let connection = world.connections.host
    let scope = SourceID.part(.history, of: repository.id)
    guard let head = repository.headSHA else { return false }
    if world.earlier[scope] == nil {
      guard try await resumption(of: scope, connection: connection, world: world) == .done else { return false }
    }
    let id = RecordID(unchecked: "\(repository.id)@\(head)")
    guard try await store.record(Commit.self, id: id, connection: connection) != nil else { return false }
    return try await !hasChild(of: head, in: repository, world: world)
  }

  /// Whether a commit is stored that comes after this one.
  private func hasChild(of commit: CommitID, in repository: Repository, world: SyncWorld) async throws -> Bool {
    let query = RecordQuery(
      Commit.self, connection: world.connections.host, repository: repository.id,
      times: world.window.since..<Date.distantFuture)
    var found = false
    try await store.forEachPage(query) { page in found = found || page.contains { $0.value.parents.contains(commit) } }
    return found
  }

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

  /// Whether the files that are stored of a change are those of other commits than it has now. Such a change is stored anew,
  /// without them, so that the history reads them again: a part that nobody knows would leave the stored one as it is.
  func hasOldFiles(_ change: Change, world: SyncWorld) async throws -> Bool {
    guard world.hasEarlierChanges else { return false }
    return try await hasOldFiles(change, connection: world.connections.host)
  }

  /// As ``hasOldFiles(_:world:)``, for a change that may be stored.
  func hasOldFiles(_ change: Change, connection: ConnectionID) async throws -> Bool {
    guard change.files == nil, let known = try await store.record(Change.self, id: change.recordID, connection: connection),
      known.files != nil, known.updatedAt <= change.updatedAt
    else { return false }
    return known.headSHA != change.headSHA || known.baseSHA != change.baseSHA
  }

  /// The changes whose files are still to be read; those the host counts no files of are settled here.
  private func changesWithoutFiles(of repository: Repository, world: SyncWorld) async throws -> [ChangeID: Change] {
    guard options.reads(.pullRequests) else { return [:] }
    let connection = world.connections.host
    let changes = try await store.all(RecordQuery(Change.self, connection: connection, repository: repository.id))
      .filter { $0.files == nil }
    var batch = StoreBatch(connection: connection)
    for change in changes where change.changedFiles == 0 { batch.upsert(change.with(files: [])) }
    for change in changes where change.changedFiles != 0 && ChangeRange(change) == nil {
      gaps.add(
        connection, "files of \(repository.name)\(change.label)", why: "the host did not say which commits it compares",
        in: .part(.history, of: repository.id))
    }
    try await store.write(batch)
    let open = changes.filter { $0.changedFiles != 0 }
    return Dictionary(open.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  private func keep(
    _ history: HistoryBatch, of repository: Repository, changes: [ChangeID: Change], world: SyncWorld
  ) async throws {
    var batch = StoreBatch(connection: world.connections.host)
    batch.upsert(try await withAuthors(history.commits, of: repository, world: world))
    batch.upsert(history.changes)
    for (id, files) in history.changeFiles {
      if let change = changes[id] { batch.upsert(change.with(files: files)) }
    }
    try await store.write(batch)
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
  fileprivate func with(files: [ChangedFile]) -> Change {
    var change = self
    change.files = files
    (change.labels, change.reviews, change.comments, change.checks) = (nil, nil, nil, nil)
    return change
  }
}
