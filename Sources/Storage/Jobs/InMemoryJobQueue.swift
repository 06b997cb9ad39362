public import KoalrDomain
import Synchronization

/// A job queue for one process and one run. Claiming costs what is claimed, however many jobs wait; a claim for some kinds passes
/// the due jobs of others that go before.
public final class InMemoryJobQueue: JobQueue {
  private let state = Mutex(JobTable())
  private let now: @Sendable () -> Date

  /// Makes an empty queue that reads the time from `now`.
  public init(now: @escaping @Sendable () -> Date = { Date() }) { self.now = now }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryJobQueue {
  public func enqueue(_ jobs: [NewJob]) async throws -> [JobID] {
    for job in jobs { try job.validate() }
    return state.withLock { state in jobs.map { state.add($0, at: now()) } }
  }

  public func claim(limit: Int, lease: Duration, worker: String, kinds: Set<String>?) async throws -> [ClaimedJob] {
    state.withLock { $0.claim(limit: limit, lease: lease, worker: worker, kinds: kinds, at: now()) }
  }

  public func heartbeat(_ job: ClaimedJob, lease: Duration) async throws -> Date {
    try state.withLock { try $0.extend(job, by: lease, at: now()) }
  }

  public func complete(_ jobs: [ClaimedJob]) async throws {
    let lost = state.withLock { state in
      let now = now()
      return jobs.filter { !state.complete($0, at: now) }
    }
    guard lost.isEmpty else { throw JobQueueError.leaseLost(lost, operation: "complete") }
  }

  public func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?) async throws {
    try state.withLock { try $0.fail(job, reason: reason, retryAfter: retryAfter, at: now()) }
  }

  public func cancel(_ id: JobID) async throws -> Bool { state.withLock { $0.remove(id) } }

  public func deadLetters(limit: Int) async throws -> [DeadLetter] { state.withLock { $0.deadLetters(limit: limit, at: now()) } }

  public func counts() async throws -> JobCounts { state.withLock { $0.counts(at: now()) } }
}

extension JobQueue where Self == InMemoryJobQueue {
  /// A new, empty queue in memory that reads the time from `now`.
  public static func inMemory(now: @escaping @Sendable () -> Date = { Date() }) -> InMemoryJobQueue { InMemoryJobQueue(now: now) }
}

extension JobQueueError {
  /// Says that the lease of jobs is no longer held.
  package static func leaseLost(_ jobs: [ClaimedJob], operation: String) -> Self {
    let names = jobs.prefix(5).map { "\($0.kind) \($0.id)" }.joined(separator: ", ") + (jobs.count > 5 ? ", …" : "")
    return Self(
      .leaseLost, operation: "\(operation) \(jobs.count == 1 ? "the job" : "\(jobs.count) jobs") (\(names))",
      reason: "the lease is no longer held, so another worker may have the work; drop the result and claim again.",
      jobs: jobs.map(\.id))
  }
}
