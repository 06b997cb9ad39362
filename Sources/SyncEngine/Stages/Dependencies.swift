import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension SyncEngine {
  /// Reads which packages the open changes of a repository bring and take, for those that touch a manifest and whose commits
  /// nobody has asked about yet. The files have to be known by now.
  ///
  /// - Parameter changes: what is stored of the repository's changes, where that is known.
  func readDependencies(of repository: Repository, changes: [Change]? = nil, world: SyncWorld) async throws {
    guard let source = sources.dependencies else { return }
    let open = try await openChanges(of: repository, among: changes, world: world)
    guard !open.isEmpty else { return }
    let connection = world.connections.host
    let stored = try await store.all(RecordQuery(ChangeDependencies.self, connection: connection, repository: repository.id))
    let known = Dictionary(stored.map { ($0.changeID, $0) }, uniquingKeysWith: { first, _ in first })
    for change in open {
      guard let head = change.headSHA, let base = change.baseSHA, let files = change.files else { continue }
      if known[change.id]?.isCurrent(for: change) == true { continue }
      var batch = StoreBatch(connection: connection)
      if files.contains(where: { source.isManifest($0.path) || $0.previousPath.map(source.isManifest) == true }) {
        try Task.checkCancellation()
        do {
          let found = try await source.dependencyChanges(in: repository, from: base, to: head)
          batch.upsert(
            ChangeDependencies(
              changeID: change.id, repositoryID: repository.id, baseSHA: base, headSHA: head, changes: found))
        } catch let error as IntegrationError {
          guard miss(error, of: change, in: repository, connection: connection) else { return }
        }
      } else if known[change.id] != nil {
        batch.delete(ChangeDependencies.self, id: RecordID(unchecked: change.id.rawValue))
      }
      if !batch.isEmpty { try await store.write(batch) }
    }
  }

  private func openChanges(of repository: Repository, among known: [Change]?, world: SyncWorld) async throws -> [Change] {
    let query = RecordQuery(Change.self, connection: world.connections.host, repository: repository.id)
    let changes = if let known { known } else { try await store.all(query) }
    return changes.filter { $0.state == .open }.sorted { $0.id < $1.id }
  }

  /// States what cannot be had, once for a repository that has no such thing; returns whether asking about other changes makes sense.
  private func miss(
    _ error: IntegrationError, of change: Change, in repository: Repository, connection: ConnectionID
  ) -> Bool {
    if error.code == .forbidden || error.code == .notFound {
      gaps.add(connection, "dependency changes of \(repository.name)", error, in: .dependencies(of: repository.id))
      return false
    }
    gaps.add(
      connection, "dependency changes of \(repository.name)\(change.label)", error, in: .dependencies(of: repository.id))
    return true
  }
}
