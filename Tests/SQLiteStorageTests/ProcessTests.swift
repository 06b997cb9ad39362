#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import Testing

@testable import KoalrSQLiteStorage

/// One file, several processes.
struct ProcessTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func `processes that make a file at the same moment share it, and readers see whole batches`() async throws {
    let (processes, rounds) = (3, 20)
    let path = folder.newFile().path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<processes {
        group.addTask {
          await #expect(processExitsWith: .success) { [path = path as String, number = number as Int, rounds = rounds as Int] in
            let store = try await SQLiteDatabase(at: URL(filePath: path)).store
            for round in 0..<rounds { try await store.write(Make.issues("\(number)/\(round)", 10)) }
          }
        }
      }
      group.addTask {
        let store = try await SQLiteDatabase(at: URL(filePath: path)).store
        var count = 0
        while count < processes * rounds * 10 {
          count = try await store.page(RecordQuery(KoalrCore.Issue.self, limit: 10_000)).records.count
          try #require(count.isMultiple(of: 10))
        }
      }
      try await group.waitForAll()
    }
    let database = try await SQLiteDatabase(at: URL(filePath: path))
    #expect(try await database.integrityCheck() == [])
  }

  @Test func `what a process had acknowledged when it was killed within a batch is there, the batch is not`() async throws {
    let path = folder.newFile().path
    for round in 0..<3 {
      await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String, round = round as Int] in
        let database = try await SQLiteDatabase(at: URL(filePath: path))
        try await database.store.write(Make.issues("whole/\(round)", 10))
        try await database.writer.transaction("die") { connection in
          var writer = try BatchWriter(connection, owner: Make.one)
          for operation in try EncodedBatch(Make.issues("half/\(round)", 3_000)).operations { try writer.apply(operation) }
          kill(getpid(), SIGKILL)
        }
      }
      let database = try await SQLiteDatabase(at: URL(filePath: path))
      let ids = try await database.store.all(RecordQuery(KoalrCore.Issue.self)).map(\.id.rawValue)
      #expect(ids.count == (round + 1) * 10)
      #expect(ids.allSatisfy { $0.hasPrefix("whole") })
      #expect(try await database.integrityCheck() == [])
    }
  }
}

extension Make {
  static func issues(_ prefix: String, _ count: Int) -> StoreBatch {
    batch { batch in for index in 0..<count { batch.upsert(issue("\(prefix)/\(index)", at: index)) } }
  }
}
#endif
