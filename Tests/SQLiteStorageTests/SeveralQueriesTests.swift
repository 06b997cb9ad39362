#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import Testing

@testable import KoalrSQLiteStorage

struct SeveralQueriesTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func `several queries at once bring what each brings alone, over all pages`() async throws {
    let store: any Store = try await SQLiteDatabase(at: folder.newFile()).store
    try await store.write(
      Make.batch { batch in
        for number in 0..<7 { batch.upsert(Make.issue("I_\(number)", at: number)) }
        batch.upsert(Make.change("P", at: 1, files: ["a"]))
      })
    let (issues, changes, commits) = try await store.all(
      of: RecordQuery(KoalrCore.Issue.self, newestFirst: true, limit: 3), RecordQuery(Change.self), RecordQuery(Commit.self))
    #expect(issues.map(\.id.rawValue) == (0..<7).reversed().map { "I_\($0)" })
    #expect(changes == [Make.change("P", at: 1, files: ["a"])] && commits.isEmpty)
  }

  @Test func `one that cannot be read fails all, and the next ones are answered`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(
      Make.batch {
        $0.upsert(Make.issue("I", at: 1))
        $0.upsert(Make.change("P", at: 1))
      })
    try await database.writer.run("damage") { try $0.execute("UPDATE record SET body = x'ff' WHERE kind = 'change'") }
    for _ in 0..<5 {
      let error = await #expect(throws: StoreError.self) {
        _ = try await database.store.all(of: RecordQuery(KoalrCore.Issue.self), RecordQuery(Change.self))
      }
      #expect(error?.code == .damaged)
    }
    for _ in 0..<5 { #expect(try await database.store.all(RecordQuery(KoalrCore.Issue.self)).count == 1) }
    try await database.store.write(Make.batch { $0.upsert(Make.issue("I", at: 2)) })
    #expect(try await database.store.all(of: RecordQuery(KoalrCore.Issue.self)).first?.updatedAt == Make.time(2))
  }
}
#endif
