public import KoalrDomain

/// Work to be done.
public struct NewJob: Hashable, Sendable {
  /// What kind of work, for the worker: `sync-repository`.
  public var kind: String
  /// What the worker needs to know; at most ``maximumPayload`` bytes. Never a secret.
  public var payload: Data
  /// Higher goes first.
  public var priority: Int
  /// While a job with this key has not ended, another one is not added. Compared byte by byte.
  public var key: String?
  /// When it may start; `nil` for at once.
  public var notBefore: Date?
  /// How often it may be handed out before it becomes a dead letter; at least once.
  public var maximumAttempts: Int

  /// The most bytes of a payload: 1 MiB.
  public static let maximumPayload = 1_048_576

  /// Makes a job.
  public init(
    kind: String, payload: Data = Data(), priority: Int = 0, key: String? = nil, notBefore: Date? = nil, maximumAttempts: Int = 5
  ) {
    self.kind = kind
    self.payload = payload
    self.priority = priority
    self.key = key
    self.notBefore = notBefore
    self.maximumAttempts = maximumAttempts
  }

  /// Checks what can be wrong with a job.
  ///
  /// - Throws: ``JobQueueError`` with the code `invalid`.
  public func validate() throws(JobQueueError) {
    let reason: String
    if kind.isEmpty {
      reason = "it has no kind; name the work so that a worker knows what to do."
    } else if payload.count > Self.maximumPayload {
      reason = "its payload is larger than 1 MiB; store the data and put its id into the payload."
    } else if maximumAttempts < 1 {
      reason = "it may never be attempted; allow at least one attempt."
    } else if !(notBefore?.isStorable ?? true) {
      reason = "it may start outside the years 1 to 9999."
    } else {
      return
    }
    throw JobQueueError(.invalid, operation: "add a \(kind.isEmpty ? "" : "\(kind) ")job", reason: reason)
  }
}

/// A job in the hands of a worker. The id and the number of the attempt together are the lease.
public struct ClaimedJob: Hashable, Sendable {
  /// The job's id.
  public var id: JobID
  /// What kind of work.
  public var kind: String
  /// What the worker needs to know.
  public var payload: Data
  /// Higher goes first.
  public var priority: Int
  /// The key that kept others like it away.
  public var key: String?
  /// How often it was handed out, this time included.
  public var attempt: Int
  /// Who has it.
  public var worker: String
  /// When the lease expires, unless it is extended.
  public var leaseExpiresAt: Date

  /// Makes a claimed job.
  public init(
    id: JobID, kind: String, payload: Data, priority: Int, key: String?, attempt: Int, worker: String, leaseExpiresAt: Date
  ) {
    self.id = id
    self.kind = kind
    self.payload = payload
    self.priority = priority
    self.key = key
    self.attempt = attempt
    self.worker = worker
    self.leaseExpiresAt = leaseExpiresAt
  }
}

/// A job that was given up.
public struct DeadLetter: Hashable, Sendable {
  /// The job's id.
  public var id: JobID
  /// What was to be done.
  public var job: NewJob
  /// How often it was handed out.
  public var attempts: Int
  /// Why the last attempt ended.
  public var reason: String
  /// When it was given up: at its last failure, or at the end of its last lease.
  public var diedAt: Date

  /// Makes a dead letter.
  public init(id: JobID, job: NewJob, attempts: Int, reason: String, diedAt: Date) {
    self.id = id
    self.job = job
    self.attempts = attempts
    self.reason = reason
    self.diedAt = diedAt
  }
}

/// How many jobs there are in each state.
public struct JobCounts: Hashable, Sendable {
  /// Due, waiting for a worker; those whose lease expired included.
  public var due: Int
  /// Not due yet.
  public var delayed: Int
  /// In the hands of a worker.
  public var claimed: Int
  /// Given up.
  public var dead: Int

  /// Makes counts.
  public init(due: Int = 0, delayed: Int = 0, claimed: Int = 0, dead: Int = 0) {
    self.due = due
    self.delayed = delayed
    self.claimed = claimed
    self.dead = dead
  }
}

/// A job's id in its queue.
public struct JobID: Identifier {
  /// The text.
  public let rawValue: String
  /// Wraps a checked text.
  public init(unchecked rawValue: String) { self.rawValue = rawValue }
  /// What a person calls it.
  public static var noun: String { "job id" }
}

/// How the pause before the next attempt grows.
public struct Backoff: Hashable, Sendable {
  /// The pause after the first attempt.
  public var first: Duration
  /// By how much each pause is longer than the one before.
  public var factor: Double
  /// The longest pause.
  public var maximum: Duration

  /// Makes a rule; without arguments 1 s, 2 s, 4 s … up to 5 minutes.
  public init(first: Duration = .seconds(1), factor: Double = 2, maximum: Duration = .seconds(300)) {
    self.first = first
    self.factor = factor
    self.maximum = maximum
  }

  /// Returns the pause after an attempt, counted from 1.
  public func delay(afterAttempt attempt: Int) -> Duration {
    var delay = first
    for _ in 1..<max(1, min(attempt, 1000)) where delay < maximum { delay = delay * factor }
    return min(delay, maximum)
  }
}
