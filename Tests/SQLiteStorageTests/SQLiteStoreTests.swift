#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

struct SQLiteStoreTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test(arguments: StoreContract.Promise.allCases)
  func `the store in a file keeps`(_ promise: StoreContract.Promise) async throws {
    try await StoreContract { [folder] in try await SQLiteDatabase(at: folder.newFile()).store }.check(promise)
  }

  private func changes(_ database: SQLiteDatabase, _ batch: StoreBatch) async throws -> Int {
    let count = "SELECT total_changes()"
    let before = try await database.writer.run("count") { try $0.number(count) }
    try await database.store.write(batch)
    return try await database.writer.run("count") { try $0.number(count) } - before
  }

  @Test func `a replayed batch writes no row`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    let batch = Make.batch {
      $0.upsert(Make.issue("I", at: 1))
      $0.upsert(Make.change("P", at: 1, files: ["a"]))
      $0.upsert(Make.change("P", at: 1))
      $0.replace(all: KoalrCore.Issue.self, in: RepositoryID(unchecked: "R_1"), with: [Make.issue("I", at: 1)])
    }
    #expect(try await changes(database, batch) == 2)
    #expect(try await changes(database, batch) == 0)
    #expect(try await changes(database, Make.batch { $0.upsert(Make.issue("I", at: 0, title: "older")) }) == 0)
    #expect(try await changes(database, Make.batch { $0.upsert(Make.issue("I", at: 1, title: "later")) }) == 1)
  }

  @Test func `a record of one part is overwritten unread, one of several is not`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(
      Make.batch {
        $0.upsert(Make.issue("I", at: 1))
        $0.upsert(Make.change("P", at: 1, files: ["a"]))
      })
    try await database.writer.run("damage") { try $0.execute("UPDATE record SET body = x'ff'") }
    try await database.store.write(Make.batch { $0.upsert(Make.issue("I", at: 2)) })
    let issue = try await database.store.record(KoalrCore.Issue.self, id: RecordID(unchecked: "I"), connection: Make.one)
    #expect(issue == Make.issue("I", at: 2))
    let error = await #expect(throws: StoreError.self) {
      try await database.store.write(Make.batch { $0.upsert(Make.change("P", at: 2)) })
    }
    #expect(error?.code == .damaged)
    #expect(
      error?.description
        == "Could not update the change \"P\": what is stored is no Change; restore a backup, or delete the record and sync again."
    )
    let reading = await #expect(throws: StoreError.self) { try await database.store.page(RecordQuery(Change.self)) }
    #expect(
      reading?.description
        == "Could not read the change \"P\": what is stored is no Change; restore a backup, or delete the record and sync again.")
  }

  @Test func `a commit keeps the author that a later reading does not know`() async throws {
    let store = try await SQLiteDatabase(at: folder.newFile()).store
    var commit = Commit(
      sha: CommitID(unchecked: String(repeating: "a", count: 40)), repositoryID: RepositoryID(unchecked: "R_1"),
      author: Login(unchecked: "ann"), authorName: "Ann", authorEmail: "a@example.org", committedAt: Make.time(1), parents: [],
      subject: "s", reverts: nil, files: nil)
    try await store.write(Make.batch { $0.upsert(commit) })
    commit.author = nil
    commit.subject = "new"
    try await store.write(Make.batch { $0.upsert(commit) })
    commit.author = Login(unchecked: "ann")
    #expect(try await store.all(RecordQuery(Commit.self)) == [commit])
  }

  @Test func `times are kept to the last bit, and order what differs by one`() async throws {
    let store = try await SQLiteDatabase(at: folder.newFile()).store
    var seconds = 812_345_678.9
    var issues: [KoalrCore.Issue] = []
    for number in 0..<5 {
      var issue = Make.issue("I_\(4 - number)", at: 0)
      issue.updatedAt = Date(timeIntervalSinceReferenceDate: seconds)
      issues.append(issue)
      seconds = seconds.nextUp
    }
    try await store.write(Make.batch { $0.upsert(issues.reversed()) })
    #expect(try await store.all(RecordQuery(KoalrCore.Issue.self, limit: 2)) == issues)
    #expect(try await store.all(RecordQuery(KoalrCore.Issue.self, newestFirst: true, limit: 2)) == issues.reversed())
    let window = issues[1].updatedAt..<issues[3].updatedAt
    #expect(try await store.all(RecordQuery(KoalrCore.Issue.self, times: window)) == Array(issues[1...2]))
  }

  @Test func `no time is kept as minus infinity, before every time and in no window`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    let team = Team(id: SourceID(unchecked: "T"), organization: "acme", slug: "s", name: "n", parent: nil, members: [])
    try await database.store.write(Make.batch { $0.upsert(team) })
    let times = try await database.writer.run("read") { try $0.texts("SELECT time || ' ' || typeof(time) FROM record") }
    #expect(times == ["-Inf real"])
    let ever = Date(timeIntervalSinceReferenceDate: -.infinity)..<Date(timeIntervalSinceReferenceDate: .infinity)
    #expect(try await database.store.count(RecordQuery(Team.self)) == 1)
    #expect(try await database.store.count(RecordQuery(Team.self, times: ever)) == 0)
    #expect(try await database.store.all(RecordQuery(Team.self, times: ever)) == [])
  }

  @Test(arguments: [false, true], [false, true])
  func `every way of reading goes along one index and sorts nothing`(inRepository: Bool, ofConnection: Bool) async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.writer.run("order") { try TimeIndex($0).make() }
    var statements = [false, true].map {
      RecordSQL.page(inRepository: inRepository, ofConnection: ofConnection, newestFirst: $0)
    }
    statements += RecordSQL.Columns.allCases.map {
      RecordSQL.whole($0, inRepository: inRepository, ofConnection: ofConnection, inWindow: true)
    }
    let index = inRepository ? "record_by_repository (kind=? AND repository=? AND" : "record_by_time (kind=? AND"
    for sql in statements {
      let plan = try await database.writer.run("explain") { try $0.plan(sql) }
      #expect(plan.count == 1 && plan[0].contains(index), "\(sql): \(plan)")
    }
  }

  @Test(arguments: [false, true], [false, true])
  func `what needs no order needs no index by time`(inRepository: Bool, ofConnection: Bool) async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    let index = inRepository ? "record_by_repository (kind=? AND repository=?)" : "record_by_id (kind=?)"
    for columns in RecordSQL.Columns.allCases {
      let sql = RecordSQL.whole(columns, inRepository: inRepository, ofConnection: ofConnection, inWindow: false)
      let plan = try await database.writer.run("explain") { try $0.plan(sql) }
      #expect(plan.count == 1 && plan[0].hasSuffix(index), "\(sql): \(plan)")
    }
  }

  @Test(arguments: [
    (RecordSQL.stored, "SEARCH record USING INDEX record_by_id (kind=? AND connection=? AND id=?)"),
    (RecordSQL.one, "SEARCH record USING INDEX record_by_id (kind=? AND connection=? AND id=?)"),
    (RecordSQL.version, "SEARCH record USING INDEX record_by_id (kind=? AND connection=? AND id=?)"),
    (RecordSQL.set, "SEARCH record USING COVERING INDEX record_by_id (kind=? AND connection=?)"),
    (RecordSQL.repositorySet, "SEARCH record USING COVERING INDEX record_by_repository (kind=? AND repository=?)"),
    (RecordSQL.forgetRecords, "SEARCH record USING INDEX record_by_id (kind=? AND connection=?)"),
    (RecordSQL.nextRecordKind, "SEARCH record USING COVERING INDEX record_by_id (kind>?)"),
    (RecordSQL.anyTombstone, "SEARCH tombstone USING PRIMARY KEY (kind=? AND connection=?)"),
    (RecordSQL.nextTombstoneKind, "SEARCH tombstone USING PRIMARY KEY (kind>?)"),
    (RecordSQL.updateInPlace, "SEARCH record USING INTEGER PRIMARY KEY (rowid=?)"),
  ])
  func `writing finds its rows by an index`(sql: String, plan: String) async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    #expect(try await database.writer.run("explain") { try $0.plan(sql) } == [plan])
  }
}

extension SQLiteConnection {
  /// What SQLite says it would do.
  func plan(_ sql: String) throws -> [String] {
    let rows = try prepared("EXPLAIN QUERY PLAN \(sql)")
    defer { rows.begin() }
    var plan: [String] = []
    while try rows.step() { plan.append(rows.text(3)) }
    return plan
  }
}
#endif
