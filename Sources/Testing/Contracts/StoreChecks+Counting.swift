import KoalrCore

extension StoreChecks {
  static func countsAreTrue(_ store: any Store) async throws {
    try require(try await store.count(RecordQuery(Issue.self)), is: 0, "The count of an empty store")
    try await store.write(batch { batch in for number in 0..<25 { batch.upsert(issue("I_\(number)", at: number)) } })
    let position = try await store.page(RecordQuery(Issue.self, limit: 10)).next
    try require(
      try await store.count(RecordQuery(Issue.self, after: position, limit: 10)), is: 25, "The count, limit and position aside")
    try require(try await store.count(RecordQuery(Issue.self, times: time(5)..<time(9))), is: 4, "The count of a window")
    try await store.upsert(issue("I_0", at: 30))
    try require(try await store.count(RecordQuery(Issue.self)), is: 25, "The count after an update")
  }

  static func filesAreCounted(_ store: any Store) async throws {
    try require(try await store.countFiles(of: RecordQuery(Change.self)), is: 0, "The files of an empty store")
    let files = (0..<300).map { file("\($0)") }
    for (minute, count) in [2, 0, 300, 1].enumerated() {
      try await store.upsert(change("P_\(minute)", at: minute, files: Array(files.prefix(count))))
    }
    try await store.upsert(change("unknown", at: 9))
    try await store.upsert(change("P_0", at: 0, files: [files[0]]), to: two)
    let query = RecordQuery(Change.self, limit: 2)
    try require(try await store.countFiles(of: query), is: 304, "The files of all changes")
    try require(
      try await store.countFiles(of: RecordQuery(Change.self, connection: one)), is: 303, "The files of one connection's changes")
    let window = RecordQuery(Change.self, repository: RepositoryID(unchecked: "R_1"), times: time(2)..<time(4))
    try require(try await store.countFiles(of: window), is: 301, "The files of a repository's window")
    try require(
      try await store.countFiles(of: RecordQuery(Change.self, repository: RepositoryID(unchecked: "R_9"))), is: 0,
      "The files of a repository without records")
    try require(try await store.countFiles(of: RecordQuery(Commit.self)), is: 0, "The files of another kind")
  }
}
