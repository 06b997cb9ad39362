#if SQLite
public import KoalrDomain
public import KoalrStorage

extension SQLiteDatabase {
  /// The jobs in this file.
  ///
  /// - Parameter now: the time; the same clock in all processes that use the file.
  public func jobQueue(now: @escaping @Sendable () -> Date = { Date() }) -> SQLiteJobQueue {
    SQLiteJobQueue(database: self, now: now)
  }
}

/// A job queue in a database file, for several processes on one machine.
///
/// Every call that changes something is one transaction: adding, claiming and completing many at once costs one commit for all. A
/// call that returned survives the end of the process; all but claims and heartbeats are on the disk by then and survive the end
/// of the machine too. A lease need not: its holder ends with the machine. Claiming costs what is claimed, however many jobs
/// wait; moving a job whose delay or lease has ended is paid once for each, by the next claim. Counting reads an index of all jobs.
///
/// Whether a lease is held is decided by the time at which the transaction has the file to itself, not by when it began to wait. A
/// worker whose clock is behind takes nothing from others: its leases just end sooner for them.
///
/// A call that failed because the disk could not be written may have happened all the same: give what must not be added twice a key.
///
/// Errors of the file are `JobQueueError`s: `unavailable` when it stays locked or may not be written, `full` when the disk is,
/// `damaged` when it is no sound database.
public struct SQLiteJobQueue: JobQueue {
  private let database: SQLiteDatabase
  private let now: @Sendable () -> Date

  init(database: SQLiteDatabase, now: @escaping @Sendable () -> Date) {
    self.database = database
    self.now = now
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SQLiteJobQueue {
  public func enqueue(_ jobs: [NewJob]) async throws -> [JobID] {
    for job in jobs { try job.validate() }
    guard !jobs.isEmpty else { return [] }
    return try await change(jobs.count == 1 ? "add a \(jobs[0].kind) job" : "add \(jobs.count) jobs") { rows, now in
      try jobs.map { try rows.add($0, at: now) }
    }
  }

  public func claim(limit: Int, lease: Duration, worker: String, kinds: Set<String>?) async throws -> [ClaimedJob] {
    guard limit > 0, kinds?.isEmpty != true else { return [] }
    let list = try kinds.map { String(decoding: try JSONEncoder().encode($0.sorted()), as: UTF8.self) }
    return try await run("claim jobs", on: database.writer) { [now, file = database.file] connection in
      let rows = JobRows(connection)
      guard try rows.hasWork(of: list, at: now()) else { return [] }
      try file.requirePresence(for: "claim jobs")
      return try connection.quickTransaction(durable: false) {
        let now = now()
        try rows.advance(to: now)
        return try rows.claim(limit: limit, lease: lease, worker: worker, kinds: list, at: now)
      }
    }
  }

  public func heartbeat(_ job: ClaimedJob, lease: Duration) async throws -> Date {
    try await change("extend the lease of job \(job.id)", durable: false) { rows, now in
      let expiry = now.adding(lease)
      guard try rows.extend(job, until: expiry, at: now) else {
        throw JobQueueError.leaseLost([job], operation: "extend the lease of")
      }
      return expiry
    }
  }

  public func complete(_ jobs: [ClaimedJob]) async throws {
    guard !jobs.isEmpty else { return }
    let lost = try await change("complete \(jobs.count == 1 ? "job \(jobs[0].id)" : "\(jobs.count) jobs")") { rows, now in
      try jobs.filter { try !rows.complete($0, at: now) }
    }
    guard lost.isEmpty else { throw JobQueueError.leaseLost(lost, operation: "complete") }
  }

  public func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?) async throws {
    try await change("give back job \(job.id)") { rows, now in
      guard try rows.fail(job, reason: reason, retryAfter: retryAfter, at: now) else {
        throw JobQueueError.leaseLost([job], operation: "give back")
      }
    }
  }

  public func cancel(_ id: JobID) async throws -> Bool {
    try await change("cancel job \(id)") { rows, _ in try rows.cancel(id) }
  }

  public func deadLetters(limit: Int) async throws -> [DeadLetter] {
    guard limit > 0 else { return [] }
    try await advance("read dead letters")
    return try await run("read dead letters", on: database.reader) { try JobRows($0).deadLetters(limit: limit) }
  }

  public func counts() async throws -> JobCounts {
    try await advance("count jobs")
    return try await run("count jobs", on: database.reader) { try JobRows($0).counts() }
  }
}

extension SQLiteJobQueue {
  /// Changes rows in a transaction, at the time at which it has the file to itself.
  private func change<Result: Sendable>(
    _ operation: String, durable: Bool = true, _ body: @Sendable (JobRows, Date) throws -> Result
  ) async throws -> Result {
    try await run(operation, on: database.writer) { [now, file = database.file] connection in
      try file.requirePresence(for: operation)
      return try connection.quickTransaction(durable: durable) { try body(JobRows(connection), now()) }
    }
  }

  /// Moves jobs whose delay or lease has ended, so that what is read next is true; writes only if there are any.
  private func advance(_ operation: String) async throws {
    try await run(operation, on: database.writer) { [now] connection in
      let rows = JobRows(connection)
      guard try rows.hasMoving(at: now()) else { return }
      try connection.quickTransaction(durable: false) { try rows.advance(to: now()) }
    }
  }

  private func run<Result: Sendable>(
    _ operation: String, on worker: SQLiteWorker, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) async throws -> Result {
    do {
      return try await worker.run(operation, body)
    } catch let error as StoreError {
      throw JobQueueError(error)
    }
  }
}

extension JobQueueError {
  /// Says of a queue what its file said.
  init(_ error: StoreError) {
    let code: Code =
      switch error.code {
      case .full: .full
      case .damaged: .damaged
      case .invalid: .invalid
      default: .unavailable
      }
    self.init(code, operation: error.operation, reason: error.reason)
  }
}
#endif
