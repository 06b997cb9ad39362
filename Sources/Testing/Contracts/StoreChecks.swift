import KoalrCore

/// The checks behind ``StoreContract``; further ones in the files beside this one.
enum StoreChecks {
  static let one = ConnectionID(unchecked: "one")
  static let two = ConnectionID(unchecked: "two")

  static func time(_ minute: Int) -> Date { Date(timeIntervalSince1970: 1_790_000_000 + Double(minute) * 60) }

  static func issue(_ id: String, repository: String = "R_1", at minute: Int, title: String = "title") -> Issue {
    Issue(
      id: SourceID(unchecked: id), repositoryID: RepositoryID(unchecked: repository), number: 1, state: .open, title: title,
      author: nil, createdAt: time(0), updatedAt: time(minute), closedAt: nil, labels: ["a"])
  }

  static func team(_ id: String, name: String = "name") -> Team {
    Team(id: SourceID(unchecked: id), organization: "acme", slug: "slug", name: name, parent: nil, members: [])
  }

  static func change(_ id: String, at minute: Int, title: String = "title", files: [ChangedFile]? = nil) -> Change {
    Change(
      id: ChangeID(unchecked: id), repositoryID: RepositoryID(unchecked: "R_1"), number: 1, title: title, state: .open,
      createdAt: time(0), updatedAt: time(minute), files: files)
  }

  static func file(_ path: String) -> ChangedFile {
    ChangedFile(path: path, status: .added, additions: 1, deletions: 0)
  }

  static func batch(_ connection: ConnectionID = one, _ fill: (inout StoreBatch) -> Void) -> StoreBatch {
    var batch = StoreBatch(connection: connection)
    fill(&batch)
    return batch
  }
}

extension Store {
  func upsert<Record: StoredRecord>(_ records: Record..., to connection: ConnectionID = StoreChecks.one) async throws {
    try await write(StoreChecks.batch(connection) { $0.upsert(records) })
  }

  func issue(_ id: String, of connection: ConnectionID = StoreChecks.one) async throws -> Issue? {
    try await record(Issue.self, id: RecordID(unchecked: id), connection: connection)
  }

  func team(_ id: String, of connection: ConnectionID = StoreChecks.one) async throws -> Team? {
    try await record(Team.self, id: RecordID(unchecked: id), connection: connection)
  }

  func change(_ id: String) async throws -> Change? {
    try await record(Change.self, id: RecordID(unchecked: id), connection: StoreChecks.one)
  }

  func deleteIssue(_ id: String, at minute: Int?) async throws {
    let version = minute.map { StoreChecks.time($0) }
    try await write(StoreChecks.batch { $0.delete(Issue.self, id: RecordID(unchecked: id), version: version) })
  }

  func ids<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> [String] {
    try await all(query).map(\.recordID.rawValue)
  }
}
