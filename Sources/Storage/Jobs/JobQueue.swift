public import KoalrDomain

/// Hands out work to workers, each job to one worker at a time.
///
/// *Using one:* add jobs; a worker claims a few under a lease, extends the lease while it works, and completes or fails each.
/// ``JobQueue/inMemory(now:)`` needs nothing. Work on a dead letter again by adding its content as a new job and cancelling it.
///
/// *Writing one:* keep the promises of `JobQueueContract`. In short:
/// - A job goes to one worker at a time; a lease that expired gives it to the next one.
/// - Only the holder of a lease that has not expired can extend it, complete or fail the job.
/// - Higher priority first, then the order in which jobs became due.
/// - A job that failed or lost its worker as often as it may is kept as a dead letter with the reason.
/// - While a job with a key has not ended, another one with that key is not added. Keys are the same when their bytes are. A job
///   ends when it is completed, cancelled or given up, the latter also by the end of its last lease.
/// - An id is never used twice.
public protocol JobQueue: Sendable {
  /// Adds jobs and returns their ids in order; for one whose key is taken, the id of the job that has it.
  ///
  /// - Throws: ``JobQueueError``.
  func enqueue(_ jobs: [NewJob]) async throws -> [JobID]

  /// Hands out up to `limit` jobs that are due, each until the lease expires.
  ///
  /// - Parameters:
  ///   - limit: the most jobs.
  ///   - lease: how long they stay with this worker unless it gives a sign of life.
  ///   - worker: what it is called.
  ///   - kinds: the kinds to choose from, or `nil` for all; jobs of others stay as they are, with all their attempts.
  func claim(limit: Int, lease: Duration, worker: String, kinds: Set<String>?) async throws -> [ClaimedJob]

  /// Makes the lease last for `lease` from now, and returns when it expires.
  ///
  /// - Throws: ``JobQueueError`` with the code `leaseLost`.
  func heartbeat(_ job: ClaimedJob, lease: Duration) async throws -> Date

  /// Ends jobs well. Those whose lease is held end even when others have lost theirs.
  ///
  /// - Throws: ``JobQueueError`` with the code `leaseLost`, naming the others.
  func complete(_ jobs: [ClaimedJob]) async throws

  /// Gives a job back with the reason: it becomes due again after a pause, or a dead letter when it had its last attempt or
  /// `retryAfter` is `nil`.
  ///
  /// - Throws: ``JobQueueError`` with the code `leaseLost`.
  func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?) async throws

  /// Removes a job, whatever its state, and returns whether there was one. Its worker learns of it as of a lost lease.
  func cancel(_ id: JobID) async throws -> Bool

  /// Returns dead letters, the newest first.
  func deadLetters(limit: Int) async throws -> [DeadLetter]

  /// Returns how many jobs there are in each state.
  func counts() async throws -> JobCounts
}

extension JobQueue {
  /// Adds one job and returns its id, or that of the job that has its key.
  @discardableResult
  public func enqueue(_ job: NewJob) async throws -> JobID {
    guard let id = try await enqueue([job]).first else {
      throw JobQueueError(.unavailable, operation: "add a \(job.kind) job", reason: "the queue returned no id for it.")
    }
    return id
  }

  /// Hands out up to `limit` jobs of any kind that are due, each until the lease expires.
  public func claim(limit: Int, lease: Duration, worker: String) async throws -> [ClaimedJob] {
    try await claim(limit: limit, lease: lease, worker: worker, kinds: nil)
  }

  /// Ends one job well.
  public func complete(_ job: ClaimedJob) async throws { try await complete([job]) }

  /// Gives a job back; the pause grows with its attempts.
  public func fail(_ job: ClaimedJob, reason: String, backoff: Backoff) async throws {
    try await fail(job, reason: reason, retryAfter: backoff.delay(afterAttempt: job.attempt))
  }
}

/// Why a queue could not do something.
public struct JobQueueError: Error, Sendable, CustomStringConvertible {
  /// What kind of failure.
  public var code: Code
  /// What was tried.
  public var operation: String
  /// Why it failed and what to do next, in one sentence that is safe in any log.
  public var reason: String
  /// The jobs it is about.
  public var jobs: [JobID]

  /// A kind of failure; may grow.
  public struct Code: Hashable, Sendable {
    private let word: String
    /// The lease expired, or the job was cancelled; another worker may have it.
    public static let leaseLost = Self(word: "leaseLost")
    /// The queue cannot be reached or opened.
    public static let unavailable = Self(word: "unavailable")
    /// There is no room left.
    public static let full = Self(word: "full")
    /// What is kept cannot be understood.
    public static let damaged = Self(word: "damaged")
    /// What was to be added makes no sense.
    public static let invalid = Self(word: "invalid")
  }

  /// Makes an error.
  public init(_ code: Code, operation: String, reason: String, jobs: [JobID] = []) {
    self.code = code
    self.operation = operation
    self.reason = reason
    self.jobs = jobs
  }

  /// One sentence, safe in any log.
  public var description: String { "Could not \(operation): \(reason)" }
}
