import KoalrCore

extension StoreChecks {
  static func readsBack(_ store: any Store) async throws {
    var change = change("PR_1", at: 1, files: [file("a"), file("b")])
    change.labels = ["bug", "é"]
    change.reviews = [Review(id: SourceID(unchecked: "V"), author: nil, state: .approved, submittedAt: time(2))]
    change.comments = []
    change.checks = [Check(name: "build", conclusion: nil, completedAt: nil)]
    try await store.upsert(change)
    try require(try await store.change("PR_1"), is: change, "The change that was written")
    try require(try await store.change("PR_2"), is: nil, "A change that was never written")
    try require(try await store.issue("PR_1"), is: nil, "A record of a kind that was never written")
    let page = try await store.page(RecordQuery(Change.self))
    try require(page.records, is: [Held(connection: one, value: change)], "The page of all changes")
    try require(try await store.page(RecordQuery(Team.self)).records, is: [], "The page of a kind that was never written")
  }

  static func batchIsWhole(_ store: any Store) async throws {
    try await store.upsert(issue("I_1", at: 1, title: "before"))
    for bad in badBatches() {
      let refused = await refuses(store, bad)
      try require(refused, "A batch that makes no sense was not refused with a StoreError of the code invalid.")
      try require(try await store.issue("I_1")?.title, is: "before", "The title after a refused batch")
      try require(try await store.issue("I_2"), is: nil, "A record of a refused batch")
      try require(try await store.count(RecordQuery(Issue.self)), is: 1, "The count after a refused batch")
    }
  }

  private static func badBatches() -> [StoreBatch] {
    let good = [issue("I_1", at: 5, title: "after"), issue("I_2", at: 5)]
    let foreign = issue("I_3", repository: "R_2", at: 5)
    let endless = Issue(
      id: SourceID(unchecked: "I_3"), repositoryID: RepositoryID(unchecked: "R_1"), number: 1, state: .open, title: "t",
      author: nil, createdAt: time(0), updatedAt: Date(timeIntervalSince1970: .infinity), closedAt: nil, labels: [])
    return [
      batch {
        $0.upsert(good)
        $0.upsert(issue("", at: 5))
      },
      batch {
        $0.upsert(good)
        $0.upsert(issue(String(repeating: "x", count: 1025), at: 5))
      },
      batch {
        $0.upsert(good)
        $0.upsert(endless)
      },
      batch {
        $0.upsert(good)
        $0.replace(all: Issue.self, in: RepositoryID(unchecked: "R_1"), with: [foreign])
      },
      batch {
        $0.delete(Issue.self, id: RecordID(unchecked: "I_1"), version: time(9))
        $0.delete(Issue.self, id: RecordID(unchecked: ""))
      },
    ]
  }

  private static func refuses(_ store: any Store, _ batch: StoreBatch) async -> Bool {
    do {
      try await store.write(batch)
      return false
    } catch {
      return (error as? StoreError)?.code == .invalid
    }
  }

  static func checkpointGoesWithBatch(_ store: any Store) async throws {
    let scope = SourceID(unchecked: "issues/R_1")
    try require(try await store.checkpoint(scope, connection: one), is: nil, "The checkpoint before the first page")
    let first = SyncCheckpoint(scope: scope, cursor: "1", complete: false, since: time(0), time: time(1))
    try await store.write(
      batch {
        $0.upsert(issue("I_1", at: 1))
        $0.checkpoint(first)
      })
    try require(try await store.checkpoint(scope, connection: one), is: first, "The checkpoint behind the first page")
    try require(try await store.checkpoint(scope, connection: two), is: nil, "The checkpoint of another connection")
    let second = SyncCheckpoint(scope: scope, cursor: nil, complete: true, since: time(0), time: time(2))
    let refused = await refuses(
      store,
      batch {
        $0.checkpoint(second)
        $0.upsert(issue("", at: 2))
      })
    try require(refused, "A batch with an empty id was not refused.")
    try require(try await store.checkpoint(scope, connection: one), is: first, "The checkpoint after a refused batch")
    try await store.write(batch { $0.checkpoint(second) })
    try require(try await store.checkpoint(scope, connection: one), is: second, "The checkpoint behind the last page")
  }

  static func identity(_ store: any Store) async throws {
    try await store.upsert(issue("X", at: 1, title: "one"), to: one)
    try await store.upsert(issue("X", at: 2, title: "two"), to: two)
    try await store.upsert(team("X"), to: one)
    try require(try await store.issue("X", of: one)?.title, is: "one", "The record of the first connection")
    try require(try await store.issue("X", of: two)?.title, is: "two", "The record of the second connection")
    try require(try await store.team("X"), is: team("X"), "The record of another kind with the same id")
    for name in ["acme/old", "acme/new"] {
      try await store.upsert(
        Repository(
          id: RepositoryID(unchecked: "R_1"), name: RepositoryName(unchecked: name), defaultBranch: nil, headSHA: nil))
    }
    let names = try await store.all(RecordQuery(Repository.self)).map(\.name.rawValue)
    try require(names, is: ["acme/new"], "The names of a renamed repository")
  }

  static func newerWins(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 5, title: "newer"))
    try await store.upsert(issue("I", at: 4, title: "older"))
    try require(try await store.issue("I")?.title, is: "newer", "The title after an older value")
    try await store.upsert(
      issue("J", at: 4, title: "older"), issue("J", at: 5, title: "newer"), issue("J", at: 3, title: "oldest"))
    try require(try await store.issue("J")?.title, is: "newer", "The title after three values in one batch")
  }

  static func equalVersionWins(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 5, title: "first"))
    try await store.upsert(issue("I", at: 5, title: "second"))
    try require(try await store.issue("I")?.title, is: "second", "The title after a value with the same version")
  }

  static func orderDecidesWithoutVersion(_ store: any Store) async throws {
    for name in ["first", "second", "first"] {
      try await store.upsert(team("T", name: name))
      try require(try await store.team("T")?.name, is: name, "The name after writing it")
    }
  }

  static func partsAgeSeparately(_ store: any Store) async throws {
    try await store.upsert(change("P", at: 5, title: "five", files: [file("a")]))
    try await store.upsert(change("P", at: 6, title: "six"))
    try require(try await store.change("P"), is: change("P", at: 6, title: "six", files: [file("a")]), "A value without files")
    try await store.upsert(change("P", at: 4, title: "four", files: [file("b")]))
    try require(
      try await store.change("P"), is: change("P", at: 6, title: "six", files: [file("b")]), "An older value with new files")
    try await store.upsert(change("P", at: 7, title: "seven", files: []))
    try require(try await store.change("P"), is: change("P", at: 7, title: "seven", files: []), "A value with no files left")
    var labelled = change("P", at: 5)
    labelled.labels = ["old"]
    try await store.upsert(labelled)
    try require(try await store.change("P")?.labels, is: ["old"], "Labels that were not known before")
    try require(try await store.change("P")?.title, is: "seven", "The title beside them")
    labelled.labels = ["older"]
    labelled.updatedAt = time(4)
    try await store.upsert(labelled)
    try require(try await store.change("P")?.labels, is: ["old"], "Labels after older ones")
  }

  static func replayChangesNothing(_ store: any Store) async throws {
    let batch = batch {
      $0.upsert(team("T", name: "a"))
      $0.upsert(issue("I", at: 3, title: "three"))
      $0.upsert(issue("I", at: 2, title: "two"))
      $0.upsert(issue("J", at: 3))
      $0.delete(Issue.self, id: RecordID(unchecked: "J"), version: time(4))
      $0.replace(all: Contributor.self, with: [])
      $0.upsert(change("P", at: 3, files: [file("a")]))
      $0.delete(Change.self, id: RecordID(unchecked: "Q"))
      $0.upsert(change("Q", at: 2))
    }
    try await store.write(batch)
    let before = try await contents(store)
    for _ in 0..<2 {
      try await store.write(batch)
      try require(try await contents(store), is: before, "What the store holds after the same batch again")
    }
  }

  /// Everything the checks of this contract write, in words that can be compared.
  static func contents(_ store: any Store) async throws -> [String] {
    func list<Record: StoredRecord>(_ type: Record.Type) async throws -> [String] {
      try await store.page(RecordQuery(type, limit: 10_000)).records.map { "\($0.connection) \($0.value)" }
    }
    return try await list(Team.self) + list(Issue.self) + list(Change.self) + list(Contributor.self) + list(Repository.self)
      + list(Incident.self) + list(Commit.self)
  }
}
