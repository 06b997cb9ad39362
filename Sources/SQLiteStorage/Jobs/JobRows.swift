#if SQLite
import KoalrDomain
import KoalrStorage

/// The rows of the queue on one connection. What changes more than one row belongs in a transaction of the caller's.
struct JobRows {
  private let connection: SQLiteConnection

  init(_ connection: SQLiteConnection) { self.connection = connection }

  private func prepared(_ statement: JobStatement) throws(SQLiteFailure) -> SQLiteStatement {
    try connection.prepared(statement.rawValue)
  }

  private func number(_ statement: SQLiteStatement) throws(SQLiteFailure) -> Int? {
    defer { statement.begin() }
    return try statement.step() ? statement.integer(0) : nil
  }

  /// Adds a job and returns its id, or that of the job that has its key.
  func add(_ job: NewJob, at now: Date) throws -> JobID {
    if let key = job.key {
      // The end of a last lease frees a key.
      try moveExpired(to: now)
      if let holder = try number(prepared(.holder).text(key)) { return JobID(number: holder) }
    }
    let start = job.notBefore ?? now
    let insert = try prepared(.insert)
      .integer(start > now ? 1 : 0).real(max(start, now).seconds).integer(job.priority).integer(job.maximumAttempts)
      .real(job.notBefore?.seconds).text(job.kind).text(job.key).blob(Array(job.payload))
    guard let number = try number(insert) else { throw SQLiteFailure(code: 1, message: "no number for a new row") }
    return JobID(number: number)
  }

  // MARK: Claiming

  /// Returns whether a claim would find something: a read, so that workers without work keep nobody from writing.
  ///
  /// - Parameter kinds: the kinds to choose from, as a JSON list; `nil` for all.
  func hasWork(of kinds: String?, at now: Date) throws(SQLiteFailure) -> Bool {
    if let kinds {
      if try number(prepared(.hasDueOfKinds).text(kinds)) == 1 { return true }
    } else if try number(prepared(.hasDue)) == 1 {
      return true
    }
    return try hasMoving(at: now)
  }

  /// Returns whether a delay or a lease has ended.
  func hasMoving(at now: Date) throws(SQLiteFailure) -> Bool { try number(prepared(.hasMoving).real(now.seconds)) == 1 }

  /// Moves what became due, and what lost its worker, to where it belongs now.
  func advance(to now: Date) throws(SQLiteFailure) {
    try prepared(.moveDelayed).real(now.seconds).run()
    try moveExpired(to: now)
  }

  private func moveExpired(to now: Date) throws(SQLiteFailure) { try prepared(.moveExpired).real(now.seconds).run() }

  /// Hands out the first jobs that are due.
  ///
  /// - Parameter kinds: the kinds to choose from, as a JSON list; `nil` for all.
  func claim(
    limit: Int, lease: Duration, worker: String, kinds: String?, at now: Date
  ) throws(SQLiteFailure) -> [ClaimedJob] {
    let expiry = now.adding(lease)
    var jobs: [ClaimedJob] = []
    let rows = if let kinds { try prepared(.nextOfKinds).text(kinds).integer(limit) } else { try prepared(.next).integer(limit) }
    while try rows.step() {
      jobs.append(
        ClaimedJob(
          id: JobID(number: rows.integer(0)), kind: rows.text(1), payload: rows.data(2), priority: rows.integer(3),
          key: rows.optionalText(4), attempt: rows.integer(5) + 1, worker: worker, leaseExpiresAt: expiry))
    }
    for job in jobs { try prepared(.claim).real(expiry.seconds).text(worker).integer(job.id.number).run() }
    return jobs
  }

  // MARK: With a lease

  /// Returns whether the lease was held.
  func extend(_ job: ClaimedJob, until expiry: Date, at now: Date) throws(SQLiteFailure) -> Bool {
    try prepared(.extend).real(expiry.seconds).integer(job.id.number).integer(job.attempt).real(now.seconds).run()
    return connection.changes == 1
  }

  /// Returns whether the lease was held.
  func complete(_ job: ClaimedJob, at now: Date) throws(SQLiteFailure) -> Bool {
    try prepared(.complete).integer(job.id.number).integer(job.attempt).real(now.seconds).run()
    return connection.changes == 1
  }

  /// Returns whether the lease was held.
  func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?, at now: Date) throws(SQLiteFailure) -> Bool {
    if let retryAfter {
      let next = max(now, now.adding(retryAfter))
      try prepared(.giveBack).integer(retryAfter > .zero ? 1 : 0).real(next.seconds).real(now.seconds).text(reason)
        .integer(job.id.number).integer(job.attempt).run()
    } else {
      try prepared(.giveUp).real(now.seconds).text(reason).integer(job.id.number).integer(job.attempt).run()
    }
    return connection.changes == 1
  }

  /// Returns whether there was such a job.
  func cancel(_ id: JobID) throws(SQLiteFailure) -> Bool {
    try prepared(.cancel).integer(id.number).run()
    return connection.changes == 1
  }

  // MARK: Looking

  func deadLetters(limit: Int) throws(SQLiteFailure) -> [DeadLetter] {
    let rows = try prepared(.deadLetters).integer(limit)
    var letters: [DeadLetter] = []
    while try rows.step() {
      let job = NewJob(
        kind: rows.text(1), payload: rows.data(2), priority: rows.integer(3), key: rows.optionalText(4),
        notBefore: rows.optionalReal(5).map { Date(timeIntervalSinceReferenceDate: $0) }, maximumAttempts: rows.integer(6))
      let attempts: Int = rows.integer(7)
      letters.append(
        DeadLetter(
          id: JobID(number: rows.integer(0)), job: job, attempts: attempts,
          reason: rows.optionalText(8) ?? DeadLetter.lostWorker(rows.text(9), attempt: attempts),
          diedAt: Date(timeIntervalSinceReferenceDate: rows.real(10))))
    }
    return letters
  }

  func counts() throws(SQLiteFailure) -> JobCounts {
    let row = try prepared(.counts)
    defer { row.begin() }
    guard try row.step() else { return JobCounts() }
    return JobCounts(due: row.integer(0), delayed: row.integer(1), claimed: row.integer(2), dead: row.integer(3))
  }
}

extension JobID {
  fileprivate init(number: Int) { self.init(unchecked: String(number)) }

  /// The number of the row; 0, which no row has, for what this queue never gave out.
  fileprivate var number: Int {
    guard let number = Int(rawValue), String(number) == rawValue else { return 0 }
    return number
  }
}

extension Date {
  fileprivate var seconds: Double { timeIntervalSinceReferenceDate }
}

extension SQLiteStatement {
  fileprivate func data(_ column: Int32) -> Data { withBytes(column) { Data($0) } }
}
#endif
