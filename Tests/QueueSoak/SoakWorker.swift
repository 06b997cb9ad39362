#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting

/// Works until it is killed. A parent job adds its child before it is completed; some jobs are given back once, some leases are
/// extended, and now and then the worker sleeps past all its leases.
struct SoakWorker {
  private let options: Options
  private let log: WorkLog
  private let milliseconds: Int
  private var lease: Duration { .milliseconds(milliseconds) }

  init(_ options: Options) throws {
    self.options = options
    log = try WorkLog(path: options["log"])
    milliseconds = try options.number("lease-ms", or: 500)
  }

  func run() async throws {
    let queue = try await SQLiteDatabase(at: URL(filePath: options["file"])).jobQueue()
    var random = SeededGenerator(seed: UInt64(try options.number("seed", or: 1)))
    while true {
      let jobs = try await queue.claim(limit: .random(in: 1...20, using: &random), lease: lease, worker: options["name"])
      if jobs.isEmpty {
        try await Task.sleep(for: .milliseconds(Int.random(in: 2...10, using: &random)))
        continue
      }
      try log.append(
        jobs.map { job in
          let begin = job.leaseExpiresAt - Double(milliseconds) / 1000
          return WorkLine(.claimed, job, begin: begin, time: job.leaseExpiresAt, note: job.note)
        })
      do {
        try await work(on: jobs, queue, &random)
      } catch let error as JobQueueError where error.code == .leaseLost {
        try log.append(jobs.filter { error.jobs.contains($0.id) }.map { WorkLine(.lost, $0, time: Date()) })
      }
    }
  }

  private func work(on jobs: [ClaimedJob], _ queue: SQLiteJobQueue, _ random: inout SeededGenerator) async throws {
    let children = jobs.filter { $0.kind == "parent" }.map { job in
      let name = "c" + job.note.dropFirst()
      let start: Date? = job.index.isMultiple(of: 11) ? Date() + 0.02 : nil
      return NewJob(
        kind: "child", payload: Data(name.utf8), priority: job.index % 5, key: name, notBefore: start, maximumAttempts: 1000)
    }
    _ = try await queue.enqueue(children)
    for job in jobs where job.index.isMultiple(of: 7) {
      try log.append([WorkLine(.extended, job, time: try await queue.heartbeat(job, lease: lease))])
    }
    let returned = jobs.filter { $0.index.isMultiple(of: 17) && $0.attempt == 1 }
    for job in returned {
      try log.append([WorkLine(.givingBack, job, time: Date())])
      try await queue.fail(job, reason: "not this time", retryAfter: .milliseconds(job.index % 3 * 10))
    }
    if Int.random(in: 0..<50, using: &random) == 0 {
      // To the end of the leases, where others wait for the jobs.
      let end = jobs[0].leaseExpiresAt.timeIntervalSinceNow + Double.random(in: 0...0.005, using: &random)
      try await Task.sleep(for: .seconds(max(0, end)))
    }
    try await complete(jobs.filter { !returned.contains($0) }, queue)
  }

  private func complete(_ jobs: [ClaimedJob], _ queue: SQLiteJobQueue) async throws {
    try log.append(jobs.map { WorkLine(.completing, $0, time: Date()) })
    var lost: [JobID] = []
    do {
      try await queue.complete(jobs)
    } catch let error as JobQueueError where error.code == .leaseLost {
      lost = error.jobs
    }
    try log.append(jobs.map { WorkLine(lost.contains($0.id) ? .lost : .completed, $0, time: Date()) })
  }
}

extension ClaimedJob {
  /// The payload: `p12` for a parent, `c12` for its child.
  fileprivate var note: String { String(decoding: payload, as: UTF8.self) }
  fileprivate var index: Int { Int(note.dropFirst()) ?? 0 }
}
#endif
