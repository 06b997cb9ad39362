import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension StoreBatch {
  /// Adds what was found of a repository's CODEOWNERS: the file as it is now, and a version where it is not that of the newest one.
  ///
  /// - Throws: `StoreError`.
  mutating func keep(
    _ finding: DiscoveredRepository.CodeOwnersFinding, of repository: RepositoryID, seenAt: Date, in store: any Store
  ) async throws {
    switch finding {
    case .unknown: return
    case .none: replace(all: CodeOwnersSnapshot.self, in: repository, with: [])
    case .found(let snapshot): upsert(snapshot)
    }
    let newest = try await StoredOwnership(store: store, connection: connection).newestVersion(of: repository)
    if let version = finding.version(of: repository, after: newest, seenAt: seenAt) { upsert(version) }
  }
}

extension DiscoveredRepository.CodeOwnersFinding {
  /// The version to write: a new one, the newest with a text that it lacked, or `nil` when nothing is new.
  func version(of repository: RepositoryID, after newest: CodeOwnersVersion?, seenAt: Date) -> CodeOwnersVersion? {
    let file: CodeOwnersVersion.File?
    switch self {
    case .unknown: return nil
    case .none: file = nil
    case .found(let snapshot): file = CodeOwnersVersion.File(snapshot)
    }
    guard var newest else { return CodeOwnersVersion(repositoryID: repository, seenAt: seenAt, file: file) }
    switch (newest.file, file) {
    case (nil, nil): return nil
    case (let old?, let new?) where old.isSame(as: new):
      guard old.text == nil, new.text != nil else { return nil }
      newest.file = new
      return newest
    default:
      // Clocks of several machines differ: what is written later is the later version all the same.
      return CodeOwnersVersion(repositoryID: repository, seenAt: max(seenAt, newest.seenAt.nextMillisecond), file: file)
    }
  }
}
