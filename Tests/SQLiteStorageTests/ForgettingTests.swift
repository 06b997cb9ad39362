#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

struct ForgettingTests {
  /// Writes, merges, moves and deletes at random, so that records lie and have lain all over the file.
  private func fill(_ store: some Store, _ connection: ConnectionID, word: String, seed: UInt64) async throws {
    var generator = SeededGenerator(seed: seed)
    for round in 0..<30 {
      let batch = Make.batch(connection) { batch in
        for _ in 0..<40 {
          let number = generator.number(in: 0...300)
          let text = String(repeating: "\(word)-\(number) ", count: generator.number(in: 1...200))
          switch generator.number(in: 0...9) {
          case 0: batch.delete(KoalrCore.Issue.self, id: RecordID(unchecked: "\(word)-\(number)"), version: Make.time(round))
          case 1: batch.delete(Change.self, id: RecordID(unchecked: "\(word)-\(number)"))
          case 2...5:
            let repository = "\(word)-R\(generator.number(in: 0...3))"
            batch.upsert(Make.issue("\(word)-\(number)", repository: repository, at: round, title: text))
          default: batch.upsert(Make.change("\(word)-\(number)", at: round, title: text, files: [text]))
          }
        }
        if round % 10 == 9 { batch.replace(all: KoalrCore.Issue.self, in: RepositoryID(unchecked: "\(word)-R1"), with: []) }
      }
      try await store.write(batch)
    }
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `nothing of a forgotten connection is left in the bytes of the file and its log`(seed: UInt64) async throws {
    let folder = try ScratchFolder()
    let url = folder.newFile()
    let database = try await SQLiteDatabase(at: url)
    for (index, connection) in [Make.one, Make.two, Make.one].enumerated() {
      try await fill(
        database.store, connection, word: connection == Make.one ? "forgotten" : "remaining", seed: seed &* 10 &+ UInt64(index))
    }
    let records = try await database.store.count(RecordQuery(Change.self, connection: Make.one))
    let count = try await database.store.forget(Make.one)
    #expect(count > records && records > 100)
    #expect(try await database.store.forget(Make.one) == 0)
    #expect(try await database.size().logBytes == 0)
    for file in try folder.names() {
      let bytes = try Data(contentsOf: folder.file(file))
      #expect(bytes.range(of: Data("forgotten".utf8)) == nil, "\(file)")
      if file == url.lastPathComponent { #expect(bytes.range(of: Data("remaining".utf8)) != nil) }
    }
    #expect(try await database.integrityCheck() == [])
  }
}
#endif
