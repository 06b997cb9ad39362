import KoalrCore

extension StoreChecks {
  private static func coverage(_ id: String, at minute: Int?) -> ChangeCoverage {
    ChangeCoverage(
      changeID: ChangeID(unchecked: id), repositoryID: RepositoryID(unchecked: "R_1"), headSHA: nil, base: nil, head: nil,
      delta: nil, patch: nil, files: nil, untrackedFiles: nil, updatedAt: minute.map { time($0) })
  }

  static func pagesAreOrdered(_ store: any Store) async throws {
    try await store.upsert(coverage("b", at: 2), coverage("a", at: 2), coverage("z", at: nil), coverage("c", at: -1))
    try await store.upsert(coverage("a", at: 2), coverage("B", at: 2), coverage("m", at: nil), to: two)
    let expected = ["one z", "two m", "one c", "one a", "one b", "two B", "two a"]
    for newestFirst in [false, true] {
      for repository in [nil, RepositoryID(unchecked: "R_1")] {
        let query = RecordQuery(ChangeCoverage.self, repository: repository, newestFirst: newestFirst)
        let order = try await store.page(query).records.map { "\($0.connection) \($0.value.changeID)" }
        try require(order, is: newestFirst ? expected.reversed() : expected, "The order, newest first: \(newestFirst)")
      }
    }
  }

  static func pagesAreComplete(_ store: any Store) async throws {
    try await store.write(batch { batch in for number in 0..<12 { batch.upsert(issue("I_\(number)", at: number / 3)) } })
    let all = try await store.page(RecordQuery(Issue.self)).records
    try require(all.count, is: 12, "The number of records on one large page")
    for newestFirst in [false, true] {
      for limit in [1, 4, 5, 12, 13] {
        var query = RecordQuery(Issue.self, newestFirst: newestFirst, limit: limit)
        var read: [Held<Issue>] = []
        repeat {
          let page = try await store.page(query)
          try require(
            page.records.count == limit || page.next == nil && page.records.count < limit,
            "A page has \(page.records.count) records, limit \(limit), although more follow.")
          read += page.records
          query.after = page.next
          try require(read.count <= 12, "Pages of \(limit) repeat records.")
        } while query.after != nil
        try require(read, is: newestFirst ? all.reversed() : all, "What pages of \(limit) hold together")
      }
    }
    let last = try await store.page(RecordQuery(Issue.self, limit: 12))
    try require(last.next, is: nil, "The next position of a page that is full and the last")
  }

  static func positionsStayValid(_ store: any Store) async throws {
    try await store.write(batch { batch in for number in 1...6 { batch.upsert(issue("I_\(number)", at: number * 10)) } })
    for newestFirst in [false, true] {
      let first = try await store.page(RecordQuery(Issue.self, newestFirst: newestFirst, limit: 3))
      let last = newestFirst ? "I_4" : "I_3"
      try require(first.records.last?.value.id.rawValue, is: last, "The last record of the first page")
      try await store.deleteIssue(last, at: nil)
      try await store.upsert(issue("before", at: newestFirst ? 55 : 5), issue("behind", at: newestFirst ? 25 : 45))
      let next = RecordQuery(Issue.self, newestFirst: newestFirst, after: first.next)
      let expected = newestFirst ? ["I_3", "behind", "I_2", "I_1"] : ["I_4", "behind", "I_5", "I_6"]
      try require(try await store.ids(next), is: expected, "The records behind a position whose record was deleted")
      for id in ["before", "behind"] { try await store.deleteIssue(id, at: nil) }
      try await store.upsert(issue(last, at: newestFirst ? 40 : 30))
    }
  }

  static func filtersHold(_ store: any Store) async throws {
    try await store.upsert(issue("a", at: 1), issue("b", at: 2), issue("c", at: 3), issue("d", repository: "R_2", at: 2))
    try await store.upsert(issue("e", at: 2), to: two)
    try await store.upsert(coverage("none", at: nil), coverage("some", at: 2))
    let repository = RepositoryID(unchecked: "R_1")
    func ids(_ query: RecordQuery<Issue>, are expected: [String], _ what: String) async throws {
      try require(try await store.ids(query), is: expected, what)
      var reverse = query
      reverse.newestFirst = true
      try require(try await store.ids(reverse), is: expected.reversed(), "\(what), newest first")
      try require(try await store.count(query), is: expected.count, "The count of \(what)")
    }
    try await ids(RecordQuery(repository: repository), are: ["a", "b", "e", "c"], "one repository")
    try await ids(RecordQuery(connection: two), are: ["e"], "one connection")
    try await ids(RecordQuery(connection: one, repository: repository), are: ["a", "b", "c"], "repository and connection")
    try await ids(RecordQuery(times: time(1)..<time(3)), are: ["a", "b", "d", "e"], "a window without its end")
    try await ids(RecordQuery(repository: repository, times: time(2)..<time(3)), are: ["b", "e"], "a repository's window")
    try await ids(RecordQuery(times: time(2)..<time(2)), are: [], "an empty window")
    try await ids(RecordQuery(repository: RepositoryID(unchecked: "R_9")), are: [], "a repository without records")
    let timed = RecordQuery(ChangeCoverage.self, times: .distantPast ..< .distantFuture)
    try require(try await store.ids(timed), is: ["some"], "A window over all times, which leaves out what has none")
  }

  static func questionsTogether(_ store: any Store) async throws {
    try await store.write(batch { batch in for number in 0..<25 { batch.upsert(issue("I_\(number)", at: number)) } })
    try await store.upsert(coverage("C", at: 1))
    let newest = RecordQuery(Issue.self, newestFirst: true, limit: 10)
    let window = RecordQuery(Issue.self, times: time(5)..<time(9), limit: 2)
    let (issues, some, coverages, changes) = try await store.all(
      of: newest, window, RecordQuery(ChangeCoverage.self), RecordQuery(Change.self))
    try require(issues.map(\.recordID.rawValue), is: (0..<25).reversed().map { "I_\($0)" }, "The first of the queries")
    try require(some.map(\.recordID.rawValue), is: (5..<9).map { "I_\($0)" }, "The second, a window of the same kind")
    try require(coverages.map(\.changeID.rawValue), is: ["C"], "The third, another kind")
    try require(changes.count, is: 0, "The last, of which there is nothing")
  }

  static func movesAreSeen(_ store: any Store) async throws {
    try await store.upsert(issue("I", repository: "R_1", at: 1), issue("J", repository: "R_1", at: 2))
    try await store.upsert(issue("I", repository: "R_2", at: 3))
    try require(
      try await store.ids(RecordQuery(Issue.self, repository: RepositoryID(unchecked: "R_1"))), is: ["J"], "The old repository")
    try require(
      try await store.ids(RecordQuery(Issue.self, repository: RepositoryID(unchecked: "R_2"))), is: ["I"], "The new repository")
    try require(try await store.ids(RecordQuery(Issue.self)), is: ["J", "I"], "The order by the new time")
    try require(try await store.ids(RecordQuery(Issue.self, times: time(1)..<time(2))), is: [], "The window of the old time")
  }

  static func keepsBytesAndMilliseconds(_ store: any Store) async throws {
    let composed = issue("caf\u{E9}", at: 1, title: "composed")
    let decomposed = issue("cafe\u{301}", at: 1, title: "decomposed")
    try await store.upsert(composed, decomposed)
    try require(try await store.issue("caf\u{E9}")?.title, is: "composed", "An id with a composed letter")
    try require(try await store.issue("cafe\u{301}")?.title, is: "decomposed", "An id with a letter of two parts")
    try require(try await store.count(RecordQuery(Issue.self)), is: 2, "The number of records whose ids only look the same")
    var fine = issue("fine", at: 2)
    fine.updatedAt = Date(timeIntervalSince1970: 1_790_000_000.123)
    fine.closedAt = Date(timeIntervalSince1970: -0.999)
    try await store.upsert(fine)
    try require(try await store.issue("fine"), is: fine, "A record with milliseconds")
    fine.updatedAt = Date(timeIntervalSince1970: 1_790_000_000.122)
    fine.title = "older by a millisecond"
    try await store.upsert(fine)
    try require(try await store.issue("fine")?.title, is: "title", "A title after a value older by a millisecond")
  }

  static func readersSeeWholeBatches(_ store: any Store) async throws {
    let (writers, rounds, size) = (4, 12, 20)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<writers {
        group.addTask {
          for round in 0..<rounds {
            try await store.write(
              batch { batch in for number in 0..<size { batch.upsert(issue("\(writer)/\(round)/\(number)", at: round)) } })
          }
        }
      }
      group.addTask {
        for _ in 0..<rounds * 2 {
          let count = try await store.page(RecordQuery(Issue.self, limit: 10_000)).records.count
          try require(count % size == 0, "A reader saw \(count) records while batches of \(size) were written.")
        }
      }
      try await group.waitForAll()
    }
    let count = try await store.count(RecordQuery(Issue.self))
    try require(count, is: writers * rounds * size, "The number of records after all writers are done")
  }
}
