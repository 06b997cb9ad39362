#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import Testing

@testable import KoalrSQLiteStorage

struct TimeIndexTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func hasIndex(_ database: SQLiteDatabase) async throws -> Bool {
    try await database.reader.run("look") { try TimeIndex($0).isThere() }
  }

  /// A file with one record more than is sorted.
  private func manyIssues(_ url: URL, patience: Duration = .seconds(30)) async throws -> SQLiteDatabase {
    let database = try await SQLiteDatabase(at: url, patience: patience)
    try await database.store.write(
      Make.batch { batch in
        for number in 0...TimeIndex.fewRecords {
          batch.upsert(Make.issue("I_\(number)", repository: "R_\(number % 7)", at: number * 37 % 1_009))
        }
      })
    return database
  }

  private let ordered = (0...TimeIndex.fewRecords).sorted { $0 * 37 % 1_009 < $1 * 37 % 1_009 }.map { "I_\($0)" }

  private func ids(_ store: SQLiteStore, newestFirst: Bool = false) async throws -> [String] {
    var ids: [String] = []
    try await store.forEachPage(RecordQuery(KoalrCore.Issue.self, newestFirst: newestFirst, limit: 300)) { page in
      ids += page.map(\.value.id.rawValue)
    }
    return ids
  }

  @Test func `writing, counting and reading one repository leave the index unmade`() async throws {
    let database = try await manyIssues(folder.newFile())
    let store = database.store
    #expect(try await store.count(RecordQuery(KoalrCore.Issue.self)) == TimeIndex.fewRecords + 1)
    #expect(try await store.countFiles(of: RecordQuery(Change.self)) == 0)
    let repository = RecordQuery(
      KoalrCore.Issue.self, repository: RepositoryID(unchecked: "R_1"), times: Make.time(0)..<Make.time(9))
    #expect(try await store.all(repository).count == store.count(repository))
    #expect(try await store.all(RecordQuery(Team.self)) == [])
    #expect(try await !hasIndex(database))
  }

  @Test func `reading many records over all repositories makes the index, and both find the same`() async throws {
    let database = try await manyIssues(folder.newFile())
    #expect(try await ids(database.store) == ordered)
    #expect(try await hasIndex(database))
    #expect(try await ids(database.store, newestFirst: true) == ordered.reversed())
    try await database.store.write(
      Make.batch {
        $0.delete(KoalrCore.Issue.self, id: RecordID(unchecked: ordered[1]))
        $0.upsert(Make.issue("later", at: 5_000))
      })
    #expect(try await ids(database.store) == [ordered[0]] + ordered.dropFirst(2) + ["later"])
    #expect(try await database.integrityCheck() == [])
  }

  @Test func `few records are sorted, also when a window of them is counted`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(
      Make.batch { batch in for number in 0..<9 { batch.upsert(Make.issue("\(number)", at: -number)) } })
    #expect(try await ids(database.store) == (0..<9).reversed().map(String.init))
    #expect(try await database.store.count(RecordQuery(KoalrCore.Issue.self, times: Make.time(-3)..<Make.time(0))) == 3)
    #expect(try await !hasIndex(database))
  }

  @Test func `counting a window of many records makes the index`() async throws {
    let database = try await manyIssues(folder.newFile())
    let expected = (0...TimeIndex.fewRecords).count { $0 * 37 % 1_009 < 10 }
    #expect(try await database.store.count(RecordQuery(KoalrCore.Issue.self, times: Make.time(0)..<Make.time(10))) == expected)
    #expect(try await hasIndex(database))
  }

  @Test func `another process that writes keeps nobody from reading in order`() async throws {
    let url = folder.newFile()
    let database = try await manyIssues(url)
    let other = try RawDatabase(url).connection
    try other.execute("BEGIN IMMEDIATE")
    #expect(try await ids(database.store) == ordered)
    #expect(try await !hasIndex(database))
    try other.execute("COMMIT")
    #expect(try await ids(database.store) == ordered)
    #expect(try await hasIndex(database))
  }

  @Test func `readers that are open when the index is made go on`() async throws {
    let url = folder.newFile()
    let (database, other) = (try await manyIssues(url), try await SQLiteDatabase(at: url))
    for _ in 0..<5 { #expect(try await other.store.all(RecordQuery(Team.self)) == []) }
    #expect(try await ids(database.store) == ordered)
    for _ in 0..<5 { #expect(try await ids(other.store) == ordered) }
    try await other.store.write(Make.batch { $0.upsert(Make.issue("later", at: 5_000)) })
    #expect(try await ids(database.store) == ordered + ["later"])
  }
}
#endif
