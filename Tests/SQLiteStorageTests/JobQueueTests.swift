#if SQLite
import Foundation
import KoalrCore
@testable import KoalrSQLiteStorage
import KoalrTesting
import Testing

struct JobQueueTests {
  @Test(arguments: JobQueueContract.Promise.allCases)
  func `the job queue on SQLite keeps`(_ promise: JobQueueContract.Promise) async throws {
    try await withJobFile { file in
      try await JobQueueContract { try await SQLiteDatabase(at: file).jobQueue(now: $0) }.check(promise)
    }
  }

  @Test func `jobs, leases and dead letters survive the end of the process, and no id comes back`() async throws {
    try await withJobFile { file in
      let time = JobQueueTime()
      let job = NewJob(
        kind: "sync", payload: Data([0, 255]), priority: .min, key: "k\0é", notBefore: time.now + 0.1, maximumAttempts: 1)
      let first = try await SQLiteDatabase(at: file).jobQueue { time.now }
      let id = try await first.enqueue(job)
      time.advance(1)
      let claimed = try #require(try await first.claim(limit: 1, lease: .seconds(60), worker: "w").first)

      let second = try await SQLiteDatabase(at: file).jobQueue { time.now }
      #expect(try await second.counts() == JobCounts(claimed: 1))
      try await second.fail(claimed, reason: "broken", retryAfter: .seconds(1))
      let letters = [DeadLetter(id: id, job: job, attempts: 1, reason: "broken", diedAt: time.now)]
      #expect(try await second.deadLetters(limit: 9) == letters)
      #expect(try await second.cancel(id))

      let third = try await SQLiteDatabase(at: file).jobQueue { time.now }
      #expect(try await third.enqueue(job).rawValue == "2")
    }
  }

  @Test func `workers with connections of their own get each job once`() async throws {
    try await withJobFile { file in
      var queues: [SQLiteJobQueue] = []
      for _ in 0..<4 { queues.append(try await SQLiteDatabase(at: file).jobQueue()) }
      let ids = try await queues[0].enqueue((0..<400).map { NewJob(kind: "\($0)") })
      let claimed = try await withThrowingTaskGroup(of: [JobID].self) { group in
        for (index, queue) in queues.enumerated() {
          group.addTask {
            var mine: [JobID] = []
            while case let jobs = try await queue.claim(limit: 3, lease: .seconds(600), worker: "\(index)"), !jobs.isEmpty {
              mine += jobs.map(\.id)
              try await queue.complete(jobs)
            }
            return mine
          }
        }
        return try await group.reduce(into: []) { $0 += $1 }
      }
      #expect(claimed.sorted() == ids.sorted())
    }
  }

  @Test func `a worker whose clock is behind takes nothing and ends nothing of others`() async throws {
    try await withJobFile { file in
      let time = JobQueueTime()
      let database = try await SQLiteDatabase(at: file)
      let queue = database.jobQueue { time.now }
      let behind = database.jobQueue { time.now - 3600 }
      try await queue.enqueue(NewJob(kind: "a"))
      let first = try #require(try await queue.claim(limit: 1, lease: .seconds(60), worker: "first").first)
      #expect(try await behind.claim(limit: 1, lease: .seconds(60), worker: "behind").isEmpty)
      time.advance(60)
      #expect(try await behind.claim(limit: 1, lease: .seconds(60), worker: "behind").isEmpty)
      let second = try #require(try await queue.claim(limit: 1, lease: .seconds(60), worker: "second").first)
      await #expect(throws: JobQueueError.self) { try await behind.complete(first) }
      await #expect(throws: JobQueueError.self) { try await behind.heartbeat(first, lease: .seconds(9)) }
      try await queue.complete(second)

      try await queue.enqueue(NewJob(kind: "b"))
      let early = try #require(try await behind.claim(limit: 1, lease: .seconds(60), worker: "behind").first)
      let late = try #require(try await queue.claim(limit: 1, lease: .seconds(60), worker: "first").first)
      #expect(early.attempt == 1)
      #expect(late.attempt == 2)
      await #expect(throws: JobQueueError.self) { try await behind.complete(early) }
    }
  }

  @Test(arguments: ["", "0", "+1", "01", " 1", "١", "99999999999999999999", "1\0"])
  func `an id that the queue never gave out names no job`(_ text: String) async throws {
    try await withJobFile { file in
      let queue = try await SQLiteDatabase(at: file).jobQueue()
      try await queue.enqueue(NewJob(kind: "a"))
      #expect(try await queue.cancel(JobID(unchecked: text)) == false)
      #expect(try await queue.cancel(JobID(unchecked: "1")))
    }
  }

  @Test func `a completion waits for the disk and leaves the connection as the store needs it`() async throws {
    try await withJobFile { file in
      let database = try await SQLiteDatabase(at: file)
      let queue = database.jobQueue()
      let level: @Sendable (SQLiteConnection) throws -> Int = { try $0.number("PRAGMA synchronous") }
      let inside = try await database.writer.run("look") { connection in
        try connection.quickTransaction(durable: true) { try level(connection) }
      }
      #expect(inside == 1)
      #expect(try await database.writer.run("look", level) == 2)
      try await queue.enqueue(NewJob(kind: "a"))
      let job = try #require(try await queue.claim(limit: 1, lease: .seconds(60), worker: "w").first)
      try await queue.complete(job)
      await #expect(throws: JobQueueError.self) { try await queue.complete(job) }
      await #expect(throws: JobQueueError.self) { try await queue.heartbeat(job, lease: .seconds(1)) }
      #expect(try await database.writer.run("look", level) == 2)
    }
  }
}
#endif
