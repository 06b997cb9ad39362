#if SQLite
import CKoalrSQLite
import Foundation
import KoalrCore
@testable import KoalrSQLiteStorage
import Testing

struct JobQueueErrorTests {
  @Test func `a full disk is said in a sentence without the payload, and nothing is added`() async throws {
    try await withJobFile { file in
      let database = try await SQLiteDatabase(at: file)
      let queue = database.jobQueue()
      try await database.writer.run("limit the file") { connection in
        _ = try connection.number("PRAGMA max_page_count = \(try connection.number("PRAGMA page_count") + 2)")
      }
      let marked = NewJob(kind: "sync", payload: Data(String(repeating: "marked ", count: 9000).utf8))
      let error = await #expect(throws: JobQueueError.self) { try await queue.enqueue([NewJob(kind: "a"), marked]) }
      #expect(error?.code == .full)
      let expected =
        "Could not add 2 jobs: the disk that holds jobs.sqlite is full; make room and try again. What was stored before is intact."
      #expect(error?.description == expected)
      #expect(error.map { String(reflecting: $0).contains("marked") } == false)
      #expect(try await queue.counts() == JobCounts())
      try await queue.enqueue(NewJob(kind: "small"))
      #expect(try await queue.counts() == JobCounts(due: 1))
    }
  }

  @Test func `a file that loses its table makes the queue unavailable`() async throws {
    try await withJobFile { file in
      let database = try await SQLiteDatabase(at: file)
      try await database.writer.run("break") { try $0.execute("DROP TABLE job") }
      let error = await #expect(throws: JobQueueError.self) { try await database.jobQueue().enqueue(NewJob(kind: "sync")) }
      #expect(error?.code == .unavailable)
      let expected = "Could not add a sync job: SQLite answered \"no such table: job\" (code 1) for jobs.sqlite."
      #expect(error?.description == expected)
    }
  }

  @Test func `a file that was deleted while it was open takes no more jobs and gives out none`() async throws {
    try await withJobFile { file in
      let queue = try await SQLiteDatabase(at: file).jobQueue()
      _ = try await queue.enqueue([NewJob(kind: "sync"), NewJob(kind: "sync")])
      let held = try await queue.claim(limit: 1, lease: .seconds(60), worker: "w")
      try FileManager.default.removeItem(at: file)
      let calls: [(String, () async throws -> Void)] = [
        ("add a sync job", { _ = try await queue.enqueue(NewJob(kind: "sync")) }),
        ("claim jobs", { _ = try await queue.claim(limit: 1, lease: .seconds(60), worker: "w") }),
        ("complete job \(held[0].id)", { try await queue.complete(held) }),
      ]
      for (operation, call) in calls {
        let error = await #expect(throws: JobQueueError.self) { try await call() }
        #expect(error?.code == .unavailable)
        #expect(
          error?.description
            == "Could not \(operation): jobs.sqlite was deleted or replaced while it was open. Nothing was written; open it again."
        )
      }
    }
  }

  @Test(arguments: [
    (SQLITE_BUSY, JobQueueError.Code.unavailable), (SQLITE_READONLY, .unavailable), (SQLITE_IOERR, .unavailable),
    (SQLITE_FULL, .full), (SQLITE_CORRUPT, .damaged), (SQLITE_NOTADB, .damaged), (SQLITE_TOOBIG, .invalid),
  ])
  func `what SQLite answers has a code of the queue`(_ answer: Int32, _ code: JobQueueError.Code) {
    let failure = SQLiteFailure(code: answer, message: "words")
    let error = JobQueueError(StoreError(failure, operation: "claim jobs", file: "jobs.sqlite"))
    #expect(error.code == code)
    #expect(error.description.hasPrefix("Could not claim jobs: "))
  }
}
#endif
