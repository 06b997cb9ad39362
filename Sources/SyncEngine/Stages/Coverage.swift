import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// The repositories the coverage service has reports of, in lower case; `nil` when no service can be asked.
  func measuredRepositories(_ world: SyncWorld) async throws -> Set<String>? {
    guard let source = sources.coverage, let connection = world.connections.coverage, connection.status != .failed else {
      return nil
    }
    var names: Set<String> = []
    do {
      try await readList("the list of measured repositories", connection: connection.id) {
        try await source.measuredRepositories(after: $0)
      } keep: {
        names.formUnion($0.elements.map { $0.name.rawValue.lowercased() })
      }
    } catch let error as IntegrationError {
      gaps.add(connection.id, "the list of measured repositories", error)
      return names.isEmpty ? nil : names
    }
    return names
  }

  /// Reads a repository's coverage, its trend, and the coverage of its changes.
  ///
  /// - Parameter changes: what is stored of its changes, where that is known.
  func readCoverage(
    of repository: Repository, changes: [Change]? = nil, world: SyncWorld, measured: Set<String>?
  ) async throws {
    guard let measured, measured.contains(repository.name.rawValue.lowercased()), let source = sources.coverage,
      let connection = world.connections.coverage?.id
    else { return }
    let scope = SourceID.part(.coverage, of: repository.id)
    var place: Cursor?
    switch try await resumption(of: scope, connection: connection, world: world) {
    case .done: return
    case .place(let cursor): place = cursor
    case .beginning: break
    }
    do {
      if place == nil { try await readCurrentCoverage(of: repository, from: source, connection: connection, world: world) }
      guard options.reads(.pullRequests) else { return }
      let query = RecordQuery(Change.self, connection: world.connections.host, repository: repository.id)
      let changes = if let changes { changes } else { try await store.all(query) }
      try await readChangeCoverage(
        of: changes, in: repository, after: place, from: source, connection: connection, since: world.window.since)
    } catch let error as IntegrationError {
      gaps.add(connection, "coverage of \(repository.name)", error, in: scope)
    }
  }

  /// Makes sure that a repository's coverage is read after its changes or files, although an interrupted run may have read it:
  /// without them it missed some. Written before those are read, so that it holds however often a run is killed.
  func forgetCoverageProgress(of repository: Repository, world: SyncWorld) async throws {
    let scope = SourceID.part(.coverage, of: repository.id)
    guard world.isResumed, let connection = world.connections.coverage?.id,
      try await store.checkpoint(scope, connection: connection) != nil
    else { return }
    var batch = StoreBatch(connection: connection)
    batch.delete(SyncCheckpoint.self, id: RecordID(unchecked: scope.rawValue))
    try await store.write(batch)
  }

  private func readCurrentCoverage(
    of repository: Repository, from source: any CoverageSource, connection: ConnectionID, world: SyncWorld
  ) async throws {
    let coverage = try await source.coverage(of: repository, trendSince: world.window.trendSince, now: world.window.now)
    var batch = StoreBatch(connection: connection)
    batch.replace(all: RepositoryCoverage.self, in: repository.id, with: coverage.map { [$0] } ?? [])
    try await store.write(batch)
  }

  private func readChangeCoverage(
    of changes: [Change], in repository: Repository, after place: Cursor?, from source: any CoverageSource,
    connection: ConnectionID, since: Date
  ) async throws {
    let scope = SourceID.part(.coverage, of: repository.id)
    let byNumber = Dictionary(
      changes.compactMap { change in change.number.map { ($0, change) } }, uniquingKeysWith: { first, _ in first })
    try await readList("coverage of \(repository.name)", connection: connection, scope: scope, from: place) {
      try await source.changeCoverage(in: repository, since: since, after: $0)
    } keep: { page in
      var batch = StoreBatch(connection: connection)
      for measured in page.elements {
        guard let change = byNumber[measured.number] else { continue }
        try Task.checkCancellation()
        batch.upsert(try await coverage(of: change, measured: measured, in: repository, from: source, connection: connection))
      }
      batch.checkpoint(checkpoint(scope, after: page.next, since: since))
      try await store.write(batch)
    }
  }

  private func coverage(
    of change: Change, measured: MeasuredChange, in repository: Repository, from source: any CoverageSource,
    connection: ConnectionID
  ) async throws -> ChangeCoverage {
    var coverage = ChangeCoverage(
      changeID: change.id, repositoryID: repository.id, headSHA: change.headSHA, base: measured.base, head: measured.head,
      delta: nil, patch: measured.patch, files: nil, untrackedFiles: nil, updatedAt: measured.updatedAt)
    if let base = measured.base?.percent, let head = measured.head?.percent { coverage.delta = head - base }
    guard measured.head != nil, let head = change.headSHA, let files = change.files else { return coverage }
    do {
      guard let report = try await source.fileCoverage(in: repository, at: head) else { return coverage }
      let byPath = Dictionary(report.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
      let present = files.filter { $0.status != .removed }
      coverage.files = present.compactMap { byPath[$0.path] }
      coverage.untrackedFiles = present.count { byPath[$0.path] == nil }
    } catch let error as IntegrationError {
      gaps.add(
        connection, "coverage of the files of \(repository.name)\(change.label)", error, in: .part(.coverage, of: repository.id))
    }
    return coverage
  }
}
