import KoalrCore

extension StoreChecks {
  private static let repository = RepositoryID(unchecked: "R_1")

  private static func fill(_ store: any Store, _ connection: ConnectionID) async throws {
    try await store.write(
      batch(connection) { batch in
        for number in 0..<7 { batch.upsert(issue("I_\(number)", at: number)) }
        batch.upsert(team("T"))
        batch.upsert(change("P", at: 1, files: [file("a")]))
        batch.checkpoint(SyncCheckpoint(scope: scope, cursor: "c", complete: false, since: nil, time: time(0)))
      })
  }

  private static let scope = SourceID(unchecked: "issues/R_1")

  static func forgettingRemoves(_ store: any Store) async throws {
    try require(try await store.forget(one), is: 0, "The number of records removed from an empty store")
    try await fill(store, one)
    try await store.deleteIssue("I_0", at: 9)
    try require(try await store.forget(one), is: 9, "The number of records removed, without the one that was deleted before")
    try require(try await contents(store), is: [], "What the store holds after forgetting its only connection")
    try require(try await store.issue("I_1"), is: nil, "A forgotten record read by its id")
    try require(try await store.checkpoint(scope, connection: one), is: nil, "A forgotten checkpoint")
    try require(try await store.count(RecordQuery(SyncCheckpoint.self)), is: 0, "The count of forgotten checkpoints")
    for query in [RecordQuery(Issue.self), RecordQuery(connection: one), RecordQuery(repository: repository)] {
      try require(try await store.ids(query), is: [], "A page after forgetting")
      try require(try await store.count(query), is: 0, "A count after forgetting")
    }
    try require(try await store.forget(one), is: 0, "The number of records removed by forgetting again")
  }

  static func forgettingSpares(_ store: any Store) async throws {
    try await fill(store, two)
    try await store.write(batch(two) { $0.delete(Issue.self, id: RecordID(unchecked: "I_0"), version: time(9)) })
    let before = try await contents(store)
    try await fill(store, one)
    try await store.forget(one)
    try require(try await contents(store), is: before, "What the store holds of the connection that was not forgotten")
    try require(try await store.checkpoint(scope, connection: two)?.cursor, is: "c", "The checkpoint of another connection")
    try require(
      try await store.count(RecordQuery(Issue.self, repository: repository)), is: 6,
      "The count of a repository that both connections know")
    try await store.upsert(issue("I_0", at: 8), to: two)
    try require(
      try await store.issue("I_0", of: two), is: nil, "A record that was deleted, after another connection was forgotten")
  }

  static func forgottenMayReturn(_ store: any Store) async throws {
    try await fill(store, one)
    try await store.deleteIssue("I_0", at: 9)
    try await store.deleteIssue("never", at: 9)
    try await store.forget(one)
    try await store.upsert(issue("I_0", at: 1), issue("never", at: 1), issue("I_6", at: 2, title: "older"))
    try require(try await store.issue("I_0"), is: issue("I_0", at: 1), "A value older than a forgotten tombstone")
    try require(try await store.issue("never"), is: issue("never", at: 1), "A value older than the tombstone of an unseen record")
    try require(try await store.issue("I_6")?.title, is: "older", "A value older than the forgotten one")
    try await store.upsert(change("P", at: 0))
    try require(try await store.change("P"), is: change("P", at: 0), "A value that knows fewer parts than the forgotten one")
  }
}
