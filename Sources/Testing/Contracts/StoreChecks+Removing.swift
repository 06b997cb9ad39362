import KoalrCore

extension StoreChecks {
  static func deletionRemoves(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 1), issue("J", at: 2))
    try await store.upsert(issue("I", at: 1), to: two)
    try await store.upsert(team("I"))
    try await store.deleteIssue("I", at: 3)
    try require(try await store.issue("I"), is: nil, "A deleted record")
    let query = RecordQuery(Issue.self, connection: one)
    try require(try await store.ids(query), is: ["J"], "The page after a deletion")
    try require(try await store.count(query), is: 1, "The count after a deletion")
    let inRepository = RecordQuery(Issue.self, connection: one, repository: RepositoryID(unchecked: "R_1"))
    try require(try await store.ids(inRepository), is: ["J"], "The repository's page after a deletion")
    try require(try await store.issue("I", of: two)?.title, is: "title", "The same id in another connection")
    try require(try await store.team("I"), is: team("I"), "The same id of another kind")
    try await store.deleteIssue("J", at: nil)
    try require(try await store.issue("J"), is: nil, "A record deleted without a version")
    try await store.deleteIssue("never", at: nil)
  }

  static func tombstoneHolds(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 1))
    try await store.deleteIssue("I", at: 5)
    for minute in [1, 4, 5] {
      try await store.upsert(issue("I", at: minute))
      try require(try await store.issue("I"), is: nil, "A deleted record after a value of minute \(minute), deletion of minute 5")
    }
    try await store.deleteIssue("late", at: 5)
    try await store.upsert(issue("late", at: 4))
    try require(try await store.issue("late"), is: nil, "A record whose deletion was written first")
    try await store.deleteIssue("late", at: 3)
    try await store.upsert(issue("late", at: 4))
    try require(try await store.issue("late"), is: nil, "A record whose newer deletion was followed by an older one")
    try await store.write(batch { $0.replace(all: Issue.self, with: [issue("I", at: 2)]) })
    try require(try await store.issue("I"), is: nil, "A deleted record in a replaced set")
  }

  static func newerReturns(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 1), issue("J", at: 1))
    try await store.deleteIssue("I", at: 5)
    try await store.upsert(issue("I", at: 6, title: "again"))
    try require(try await store.issue("I")?.title, is: "again", "A record that is newer than its deletion")
    try await store.write(batch { $0.delete(Team.self, id: RecordID(unchecked: "T"), version: time(5)) })
    try await store.upsert(team("T"))
    try require(try await store.team("T"), is: team("T"), "A record without a version, written after its deletion")
    try await store.deleteIssue("J", at: nil)
    try await store.upsert(issue("J", at: 1, title: "again"))
    try require(try await store.issue("J")?.title, is: "again", "A record written after a deletion without a version")
  }

  static func oldDeletionIsIgnored(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 5))
    try await store.deleteIssue("I", at: 4)
    try require(try await store.issue("I"), is: issue("I", at: 5), "A record after a deletion that is older")
    try await store.deleteIssue("I", at: 5)
    try require(try await store.issue("I"), is: nil, "A record after a deletion of the same time")
  }

  static func replacementRemoves(_ store: any Store) async throws {
    let repository = RepositoryID(unchecked: "R_1")
    try await store.upsert(issue("I", at: 5, title: "kept"), issue("J", at: 1))
    try await store.upsert(team("T"), team("U"))
    try await store.write(
      batch {
        $0.replace(all: Issue.self, in: repository, with: [issue("I", at: 4, title: "older"), issue("K", at: 2)])
        $0.replace(all: Team.self, with: [team("U", name: "new")])
      })
    try require(try await store.ids(RecordQuery(Issue.self)), is: ["K", "I"], "The issues after replacing a repository's")
    try require(try await store.issue("I")?.title, is: "kept", "An older value in a replaced set")
    try require(try await store.all(RecordQuery(Team.self)), is: [team("U", name: "new")], "The teams after replacing them")
    try await store.write(
      batch {
        $0.replace(all: Issue.self, in: repository, with: [])
        $0.replace(all: Team.self, with: [])
      })
    try require(try await store.count(RecordQuery(Issue.self)), is: 0, "The number of issues after replacing them by none")
    try require(try await store.count(RecordQuery(Team.self)), is: 0, "The number of teams after replacing them by none")
  }

  static func replacementSpares(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 1), issue("J", repository: "R_2", at: 2))
    try await store.upsert(issue("I", at: 1), to: two)
    try await store.upsert(change("P", at: 1))
    try await store.upsert(team("T"), to: two)
    try await store.write(
      batch {
        $0.replace(all: Issue.self, in: RepositoryID(unchecked: "R_1"), with: [])
        $0.replace(all: Team.self, with: [])
      })
    try require(try await store.ids(RecordQuery(Issue.self, connection: one)), is: ["J"], "The issues of another repository")
    try require(try await store.ids(RecordQuery(Issue.self, connection: two)), is: ["I"], "The issues of another connection")
    try require(try await store.ids(RecordQuery(Change.self)), is: ["P"], "The records of another kind")
    try require(try await store.ids(RecordQuery(Team.self)), is: ["T"], "The teams of another connection")
  }

  static func replacedMayReturn(_ store: any Store) async throws {
    try await store.upsert(issue("I", at: 5))
    try await store.write(batch { $0.replace(all: Issue.self, with: []) })
    try await store.upsert(issue("I", at: 5))
    try require(try await store.issue("I"), is: issue("I", at: 5), "A record that was missing from a set and came back")
  }
}
