#if SQLite
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

/// Random work on the queue in memory and on that in a file: every answer must be the same.
struct JobQueueModelTests {
  @Test(arguments: 1...8)
  func `both queues answer the same to the same calls`(_ seed: Int) async throws {
    try await withJobFile { file in
      let time = JobQueueTime()
      let memory = InMemoryJobQueue { time.now }
      let disk = try await SQLiteDatabase(at: file).jobQueue { time.now }
      var random = SeededGenerator(seed: UInt64(seed))
      var held: [ClaimedJob] = []
      for step in 0..<300 {
        let call = Call.random(&random, held: held, now: time.now)
        let expected = await call.answer(of: memory)
        let found = await call.answer(of: disk)
        try #require(found == expected, "step \(step): \(call)")
        held += expected.claimed
        if held.count > 12 { held.removeFirst(held.count - 12) }
        if random.chance(0.3) { time.advance(Double(random.number(in: 0...40))) }
      }
    }
  }

  private enum Call {
    case enqueue([NewJob])
    case claim(Int, lease: Int)
    case heartbeat(ClaimedJob, lease: Int)
    case complete([ClaimedJob])
    case fail(ClaimedJob, retryAfter: Int?)
    case cancel(JobID)
    case look

    static func random(_ random: inout SeededGenerator, held: [ClaimedJob], now: Date) -> Call {
      let job = random.pick(held)
      switch (random.number(in: 0...9), job) {
      case (0...2, _): return .enqueue((0..<random.number(in: 0...4)).map { _ in newJob(&random, now: now) })
      case (3...4, _): return .claim(random.number(in: -1...4), lease: random.number(in: -1...60))
      case (5, let job?): return .heartbeat(job, lease: random.number(in: 0...60))
      case (6, .some): return .complete((0..<random.number(in: 1...4)).compactMap { _ in random.pick(held) })
      case (7, let job?): return .fail(job, retryAfter: random.chance(0.2) ? nil : random.number(in: -1...30))
      case (8, let job?) where random.chance(0.3): return .cancel(job.id)
      default: return .look
      }
    }

    private static func newJob(_ random: inout SeededGenerator, now: Date) -> NewJob {
      NewJob(
        kind: random.pick(["sync", "score", "é\0"]) ?? "a", payload: Data(repeating: 7, count: random.number(in: 0...9)),
        priority: random.pick([0, 0, 1, -1, .min, .max]) ?? 0, key: random.chance(0.4) ? "k\(random.number(in: 0...5))" : nil,
        notBefore: random.chance(0.3) ? now + Double(random.number(in: -20...20)) : nil,
        maximumAttempts: random.number(in: 1...3))
    }

    func answer(of queue: some JobQueue) async -> Answer {
      var answer = Answer()
      do {
        switch self {
        case .enqueue(let jobs): answer.ids = try await queue.enqueue(jobs)
        case .claim(let limit, let lease):
          answer.claimed = try await queue.claim(limit: limit, lease: .seconds(lease), worker: "w")
        case .heartbeat(let job, let lease): answer.time = try await queue.heartbeat(job, lease: .seconds(lease))
        case .complete(let jobs): try await queue.complete(jobs)
        case .fail(let job, let pause):
          try await queue.fail(job, reason: "r", retryAfter: pause.map { .seconds($0) })
        case .cancel(let id): answer.wasThere = try await queue.cancel(id)
        case .look:
          answer.counts = try await queue.counts()
          answer.letters = try await queue.deadLetters(limit: 5)
        }
      } catch {
        answer.error = "\(error)"
      }
      return answer
    }
  }

  private struct Answer: Equatable {
    var ids: [JobID] = []
    var claimed: [ClaimedJob] = []
    var time: Date?
    var wasThere: Bool?
    var counts: JobCounts?
    var letters: [DeadLetter] = []
    var error: String?
  }
}
#endif
