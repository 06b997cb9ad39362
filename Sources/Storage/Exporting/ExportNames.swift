import KoalrDomain

/// What repositories and changes are called now, for keys that a person can read. Held in memory while an export runs.
struct ExportNames {
  private var names: [RepositoryID: [ConnectionID: RepositoryName]] = [:]
  private var changes: [ChangeID: (repository: RepositoryID, label: String)] = [:]

  /// Reads the names of all repositories.
  init(_ store: any Store) async throws {
    var names: [RepositoryID: [ConnectionID: RepositoryName]] = [:]
    try await store.forEachPage(RecordQuery(Repository.self)) { page in
      for held in page { names[held.value.id, default: [:]][held.connection] = held.value.name }
    }
    self.names = names
  }

  /// Remembers what a change is called.
  mutating func note(_ change: Change) { changes[change.id] = (change.repositoryID, change.label) }

  /// Returns `acme/api`: the current name as the connection has it, else as the first other one has it, else the id.
  func repository(_ id: RepositoryID, _ connection: ConnectionID) -> String {
    guard let names = names[id] else { return id.rawValue }
    let name = names[connection] ?? names.min { ByteText($0.key.rawValue) < ByteText($1.key.rawValue) }?.value
    return name?.rawValue ?? id.rawValue
  }

  /// Returns `acme/api#12`, with the id of a change that is not in the store.
  func change(_ id: ChangeID, in repository: RepositoryID, _ connection: ConnectionID) -> String {
    let known = changes[id]
    return self.repository(known?.repository ?? repository, connection) + (known?.label ?? "#\(id)")
  }
}
