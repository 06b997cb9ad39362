import KoalrCore

/// The checks behind ``JobQueueContract``.
struct QueueChecks: Sendable {
  let queue: any JobQueue
  let clock: ContractClock

  private func claim(_ limit: Int = 1, worker: String = "w", seconds: Int = 60) async throws -> [ClaimedJob] {
    try await queue.claim(limit: limit, lease: .seconds(seconds), worker: worker)
  }

  private func claimOne(worker: String = "w") async throws -> ClaimedJob {
    let jobs = try await claim(worker: worker)
    guard let job = jobs.first, jobs.count == 1 else {
      throw ContractFinding(detail: "A claim for one job that is due returned \(jobs.count).")
    }
    return job
  }

  private func expectLost(_ what: String, _ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as JobQueueError where error.code == .leaseLost {
      return
    }
    throw ContractFinding(detail: "\(what) by a worker without the lease was accepted.")
  }

  func handsOutWhatWasAdded() async throws {
    let job = NewJob(kind: "sync", payload: Data([0, 1, 255]), priority: 3, key: "k")
    let id = try await queue.enqueue(job)
    let expected = ClaimedJob(
      id: id, kind: "sync", payload: Data([0, 1, 255]), priority: 3, key: "k", attempt: 1, worker: "w",
      leaseExpiresAt: clock.now + 60)
    try require(try await claim(), is: [expected], "The claimed jobs")
    try await queue.complete(expected)
    try require(try await queue.counts(), is: JobCounts(), "The counts after completing the only job")
  }

  func oneWorkerAtATime() async throws {
    _ = try await queue.enqueue((0..<5).map { NewJob(kind: "\($0)") })
    for limit in [0, -1] { try require(try await claim(limit).count, is: 0, "The jobs of a claim limited to \(limit)") }
    try require(try await claim(3, worker: "a").map(\.kind), is: ["0", "1", "2"], "The first claim of three")
    try require(try await claim(3, worker: "b").map(\.kind), is: ["3", "4"], "The second claim of three")
    try require(try await claim(3, worker: "c").count, is: 0, "What is left for a third worker")
    clock.advance(59.9375)
    try require(try await claim(3, worker: "c").count, is: 0, "What is free a moment before the leases expire")
  }

  func priorityThenOrder() async throws {
    _ = try await queue.enqueue([
      NewJob(kind: "later", notBefore: clock.now + 5), NewJob(kind: "low", priority: -1), NewJob(kind: "first"),
      NewJob(kind: "high", priority: 9), NewJob(kind: "second"),
    ])
    clock.advance(10)
    try await queue.enqueue(NewJob(kind: "third"))
    let order = try await claim(10).map(\.kind)
    try require(order, is: ["high", "first", "second", "later", "third", "low"], "The order of jobs")
    let priorities = [Int.min, .max, -.max, .max - 1, 0]
    _ = try await queue.enqueue(priorities.map { NewJob(kind: "a", priority: $0) })
    let claimed = try await claim(10).map(\.priority)
    try require(claimed, is: priorities.sorted(by: >), "The order of the highest and lowest priorities")
  }

  func otherKindsStay() async throws {
    _ = try await queue.enqueue([
      NewJob(kind: "a", priority: 5), NewJob(kind: "b"), NewJob(kind: "a"), NewJob(kind: "it's \"c\""), NewJob(kind: "b"),
    ])
    func claim(_ limit: Int, _ kinds: Set<String>) async throws -> [String] {
      try await queue.claim(limit: limit, lease: .seconds(60), worker: "w", kinds: kinds).map(\.kind)
    }
    for kinds: Set<String> in [[], ["d"]] { try require(try await claim(9, kinds), is: [], "The jobs of no kind that is there") }
    try require(try await claim(1, ["b", "it's \"c\""]), is: ["b"], "The first job of two kinds")
    try require(try await claim(9, ["b", "it's \"c\""]), is: ["it's \"c\"", "b"], "The other jobs of two kinds")
    try require(try await queue.counts(), is: JobCounts(due: 2, claimed: 3), "The counts after claims for two of three kinds")
    let rest = try await self.claim(9)
    try require(rest.map(\.kind), is: ["a", "a"], "The jobs that are left for a claim of every kind")
    try require(rest.map(\.attempt), is: [1, 1], "The attempts of jobs that claims for other kinds passed")
  }

  func delayHolds() async throws {
    try await queue.enqueue(NewJob(kind: "a", notBefore: clock.now + 10))
    clock.advance(9.9375)
    try require(try await claim().count, is: 0, "The jobs a moment before their time")
    clock.advance(0.0625)
    try require(try await claim().count, is: 1, "The jobs at their time")
  }

  func expiredLeaseFrees() async throws {
    try await queue.enqueue(NewJob(kind: "a"))
    let first = try await claimOne(worker: "a")
    clock.advance(60)
    let second = try await claimOne(worker: "b")
    try require(second.id, is: first.id, "The id of the job after its lease expired")
    try require([second.attempt], is: [2], "The attempt after the lease expired")
    try require(second.worker, is: "b", "The worker after the lease expired")
  }

  func lostLeaseEndsNothing() async throws {
    try await queue.enqueue(NewJob(kind: "a"))
    let first = try await claimOne(worker: "a")
    clock.advance(61)
    for round in ["an expired lease", "a lease that another worker has"] {
      try await expectLost("Completing with \(round)") { try await queue.complete(first) }
      try await expectLost("Failing with \(round)") { try await queue.fail(first, reason: "r", retryAfter: .zero) }
      try await expectLost("A heartbeat with \(round)") { _ = try await queue.heartbeat(first, lease: .seconds(9)) }
      if round == "an expired lease" { _ = try await claimOne(worker: "a") }
    }
    try require(try await queue.counts(), is: JobCounts(claimed: 1), "The counts: the second claim is held")
  }

  func completionsAreSeparate() async throws {
    _ = try await queue.enqueue([NewJob(kind: "a"), NewJob(kind: "b")])
    let lost = try await claimOne()
    clock.advance(61)
    let held = try await claim(2)
    do {
      try await queue.complete([lost] + held)
      throw ContractFinding(detail: "Completing a job twice was accepted.")
    } catch let error as JobQueueError {
      try require(error.jobs, is: [lost.id], "The jobs that the error names")
    }
    try require(try await queue.counts(), is: JobCounts(), "The counts after completing the held ones")
  }

  func heartbeatExtends() async throws {
    try await queue.enqueue(NewJob(kind: "a"))
    let job = try await claimOne()
    for _ in 0..<3 {
      clock.advance(59)
      try require(try await queue.heartbeat(job, lease: .seconds(60)), is: clock.now + 60, "The end of the lease")
    }
    try require(try await claim().count, is: 0, "The jobs that are free while the lease is extended")
    try await queue.complete(job)
    try require(try await queue.counts(), is: JobCounts(), "The counts after completing with an extended lease")
  }

  func failureWaits() async throws {
    try await queue.enqueue(NewJob(kind: "a", key: "k"))
    try await queue.fail(claimOne(), reason: "r", retryAfter: .seconds(10))
    clock.advance(9)
    try require(try await claim().count, is: 0, "The jobs a second before the pause ends")
    clock.advance(1)
    try require([try await claimOne().attempt], is: [2], "The attempt after a failure")
  }

  func lastFailureIsKept() async throws {
    let job = NewJob(kind: "a", payload: Data([1]), maximumAttempts: 2)
    let id = try await queue.enqueue(job)
    try await queue.fail(claimOne(), reason: "one", retryAfter: .zero)
    try await queue.fail(claimOne(), reason: "two", retryAfter: .zero)
    let letter = DeadLetter(id: id, job: job, attempts: 2, reason: "two", diedAt: clock.now)
    try require(try await queue.deadLetters(limit: 9), is: [letter], "The dead letters after the last attempt")
    try await queue.enqueue(NewJob(kind: "b"))
    clock.advance(1)
    try await queue.fail(claimOne(), reason: "never again", retryAfter: nil)
    let reasons = try await queue.deadLetters(limit: 9).map(\.reason)
    try require(reasons, is: ["never again", "two"], "The reasons, newest first")
    try require(try await queue.deadLetters(limit: 1).count, is: 1, "The dead letters with a limit of one")
    try require(try await claim().count, is: 0, "The jobs left to do")
  }

  func lostWorkersAreCounted() async throws {
    try await queue.enqueue(NewJob(kind: "a", maximumAttempts: 2))
    for _ in 0..<2 {
      _ = try await claimOne()
      clock.advance(61)
    }
    try require(try await claim().count, is: 0, "The jobs after the last worker stopped without a word")
    let letters = try await queue.deadLetters(limit: 9)
    try require(letters.map(\.attempts), is: [2], "The attempts of the dead letter")
    try require(letters.map(\.diedAt), is: [clock.now - 1], "The time of death, which is the end of the last lease")
    try require(letters.allSatisfy { !$0.reason.isEmpty }, "The dead letter has no reason.")
  }

  func keysAreUnique() async throws {
    let job = NewJob(kind: "a", key: "k", maximumAttempts: 1)
    let id = try await queue.enqueue(job)
    try require(try await queue.enqueue([job, NewJob(kind: "b", key: "other")]).first, is: id, "The id for a key that waits")
    try require(try await queue.counts().due, is: 2, "The jobs that wait")
    let claimed = try await claimOne()
    try require(try await queue.enqueue(job), is: id, "The id for a key that is worked on")
    try await queue.complete(claimed)
    let second = try await queue.enqueue(job)
    try require(second != id, "The id for a key whose job was completed is the old one.")
    _ = try await queue.cancel(second)
    let third = try await queue.enqueue(job)
    try require(third != second, "The id for a key whose job was cancelled is the old one.")
    for job in try await claim(9) { try await queue.fail(job, reason: "r", retryAfter: nil) }
    let fourth = try await queue.enqueue(job)
    try require(fourth != third, "The id for a key whose job is a dead letter is the old one.")
    _ = try await claimOne()
    clock.advance(61)
    try require(try await queue.enqueue(job) != fourth, "The id for a key whose job lost its last worker is the old one.")
    let spellings = ["caf\u{E9}", "cafe\u{301}"].map { NewJob(kind: "a", key: $0) }
    try require(Set(try await queue.enqueue(spellings)).count, is: 2, "The jobs for two keys that look alike but differ in bytes")
  }

  func cancelRemoves() async throws {
    let waiting = try await queue.enqueue(NewJob(kind: "a"))
    try require(try await queue.cancel(waiting), "Cancelling a waiting job said that there was none.")
    try require(try await queue.cancel(waiting) == false, "Cancelling a job twice said that there was one.")
    try await queue.enqueue(NewJob(kind: "b"))
    let claimed = try await claimOne()
    try require(try await queue.cancel(claimed.id), "Cancelling a claimed job said that there was none.")
    try await expectLost("Completing a cancelled job") { try await queue.complete(claimed) }
    try await queue.enqueue(NewJob(kind: "c"))
    let dead = try await claimOne()
    try await queue.fail(dead, reason: "r", retryAfter: nil)
    try require(try await queue.cancel(dead.id), "Cancelling a dead letter said that there was none.")
    try require(try await queue.counts(), is: JobCounts(), "The counts after cancelling everything")
  }

  func countsAreTrue() async throws {
    _ = try await queue.enqueue((0..<6).map { NewJob(kind: "\($0)") } + [NewJob(kind: "x", notBefore: clock.now + 99)])
    let jobs = try await claim(3)
    try await queue.fail(jobs[0], reason: "r", retryAfter: nil)
    try await queue.fail(jobs[1], reason: "r", retryAfter: .seconds(5))
    try require(try await queue.counts(), is: JobCounts(due: 3, delayed: 2, claimed: 1, dead: 1), "The counts")
    clock.advance(61)
    try require(try await queue.counts(), is: JobCounts(due: 5, delayed: 1, claimed: 0, dead: 1), "The counts a minute later")
  }

  func nonsenseIsRefused() async throws {
    let tooLarge = Data(count: NewJob.maximumPayload + 1)
    for bad in [NewJob(kind: ""), NewJob(kind: "a", payload: tooLarge), NewJob(kind: "a", maximumAttempts: 0)] {
      do {
        _ = try await queue.enqueue([NewJob(kind: "good"), bad])
        throw ContractFinding(detail: "A job that makes no sense was accepted.")
      } catch let error as JobQueueError where error.code == .invalid {
        try require(try await queue.counts(), is: JobCounts(), "The counts after a refusal")
      }
    }
  }

  func workersShare() async throws {
    let ids = try await queue.enqueue((0..<200).map { NewJob(kind: "\($0)") })
    let claimed = try await withThrowingTaskGroup(of: [JobID].self) { group in
      for worker in 0..<4 {
        group.addTask {
          var mine: [JobID] = []
          while case let jobs = try await claim(7, worker: "\(worker)"), !jobs.isEmpty {
            mine += jobs.map(\.id)
            try await queue.complete(jobs)
          }
          return mine
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    try require(claimed.sorted(), is: ids.sorted(), "The jobs that the workers got")
  }
}
