import KoalrCore
import KoalrTesting

/// A store with one repository whose owners are checked.
struct OwnershipTrial: Sendable {
  static let connection = ConnectionID(unchecked: "github")
  static let api = SmallWorld.api

  let store = InMemoryStore()
  let clock = ManualClock(startingAt: SmallWorld.now)

  var check: OwnershipCheck { OwnershipCheck(store: store, connection: Self.connection, clock: clock) }
  var ownership: StoredOwnership { StoredOwnership(store: store, connection: Self.connection) }

  /// A repository in which eve did everything of the last twenty days, file by file, but for one commit of ana.
  init(rules: String? = "* @ana\n/docs/ @acme/core\n") async throws {
    var batch = StoreBatch(connection: Self.connection)
    batch.upsert(Repository(id: Self.api, name: RepositoryName(unchecked: "acme/api"), defaultBranch: "main", headSHA: nil))
    batch.upsert(
      Team(
        id: SourceID(unchecked: "T"), organization: "acme", slug: "core", name: "Core", parent: nil,
        members: [SmallWorld.login("ana")]))
    for day in 1...20 { batch.upsert(Self.commit(day, by: day == 20 ? "ana" : "eve", files: ["src/\(day % 3).swift"])) }
    batch.upsert(version(rules, sha: 1, days: 40))
    try await store.write(batch)
  }

  static func commit(_ number: Int, by author: String, files: [String]) -> Commit {
    Commit(
      sha: SmallWorld.sha(number), repositoryID: api, author: SmallWorld.login(author), authorName: author,
      authorEmail: "\(author)@acme.example", committedAt: SmallWorld.day(Double(number)), parents: [], subject: "Work",
      files: files.map { ChangedFile(path: $0, status: .modified, additions: 1, deletions: 1) })
  }

  func version(_ rules: String?, sha: Int, days: Double) -> CodeOwnersVersion {
    CodeOwnersVersion(
      repositoryID: Self.api, seenAt: SmallWorld.day(days),
      file: rules.map { .init(path: "CODEOWNERS", sha: SmallWorld.sha(sha), text: $0.isEmpty ? nil : $0) })
  }

  func write(_ records: any StoredRecord...) async throws {
    var batch = StoreBatch(connection: Self.connection)
    for record in records { batch.upsert(record) }
    try await store.write(batch)
  }

  func run() async throws -> OwnershipFindings? { try await check.run(Self.api) }

  var events: [OwnershipEvent] {
    get async throws { try await store.all(RecordQuery(OwnershipEvent.self)) }
  }
}
