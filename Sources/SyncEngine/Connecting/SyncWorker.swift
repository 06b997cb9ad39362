public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrStorage

/// Does the jobs of a queue: the syncs of connections, the retries of webhooks, and whatever else a host puts there.
///
/// ```swift
/// let worker = SyncWorker(queue: queue, name: "worker-1", works: [
///   SyncWorker.sync { connection in SyncEngine(sources: try await sources(of: connection), store: store) },
///   SyncWorker.webhook { connection in try await upkeep(of: connection).retry() },
/// ])
/// try await worker.run()
/// ```
///
/// While it works it keeps the lease; when the lease is lost, because the job was cancelled say, the work is cancelled. A job that
/// fails is tried again after a pause that grows to an hour; those of kinds that this worker does not know are left to others.
public struct SyncWorker: Sendable {
  private let queue: any JobQueue
  private let name: String
  private let lease: Duration
  private let clock: any WallClock
  private let observer: any SyncObserver
  private let works: [String: @Sendable (ClaimedJob) async throws -> Void]

  /// How long it waits before it asks an empty queue again.
  public static let idlePause: Duration = .seconds(1)
  static let backoff = Backoff(first: .seconds(30), factor: 2, maximum: .seconds(3600))

  /// A kind of job and how it is done.
  public struct Work: Sendable {
    /// The kind, as in `NewJob`.
    public var kind: String
    /// Does one job. What it throws is the reason why the job failed.
    public var body: @Sendable (ClaimedJob) async throws -> Void

    /// Makes a kind of work.
    public init(kind: String, body: @escaping @Sendable (ClaimedJob) async throws -> Void) {
      self.kind = kind
      self.body = body
    }
  }

  /// Makes a worker.
  ///
  /// - Parameters:
  ///   - queue: where jobs come from.
  ///   - name: what it is called in the queue.
  ///   - lease: how long a job stays with a worker that fell silent.
  ///   - works: what it can do.
  ///   - clock: for pauses.
  ///   - observer: told of jobs that failed.
  public init(
    queue: any JobQueue, name: String, lease: Duration = .seconds(60), works: [Work], clock: any WallClock = .system,
    observer: any SyncObserver = .silent
  ) {
    precondition(lease > .zero, "A lease has to last.")
    self.queue = queue
    self.name = name
    self.lease = lease
    self.clock = clock
    self.observer = observer
    self.works = Dictionary(works.map { ($0.kind, $0.body) }, uniquingKeysWith: { $1 })
  }

  /// Does jobs until the task is cancelled.
  ///
  /// - Parameter concurrency: how many at once, each of another connection.
  /// - Throws: `CancellationError`, `JobQueueError` when the queue fails.
  public func run(concurrency: Int = 1) async throws {
    precondition(concurrency > 0, "A worker does at least one job at a time.")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<concurrency {
        group.addTask {
          while true {
            if try await !runNext() { try await clock.sleep(for: Self.idlePause) }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Claims one job and does it.
  ///
  /// - Returns: whether there was one.
  /// - Throws: `CancellationError`, after giving the job back; `JobQueueError` when the queue fails.
  @discardableResult
  public func runNext() async throws -> Bool {
    try Task.checkCancellation()
    let jobs = try await queue.claim(limit: 1, lease: lease, worker: name, kinds: Set(works.keys))
    guard let job = jobs.first else { return false }
    do {
      guard let work = works[job.kind] else { throw UnknownWork(kind: job.kind) }
      guard try await isDone(job, work) else { return true }
      try await queue.complete(job)
    } catch let error as JobQueueError {
      guard error.code == .leaseLost else { throw error }
    } catch is CancellationError where Task.isCancelled {
      // Not the job's fault. If even this fails the end of the lease gives it back.
      try? await queue.fail(job, reason: "Its worker was stopped.", retryAfter: .zero)
      throw CancellationError()
    } catch {
      observer.observe(.note("\(job.kind) failed and will be tried again: \(error)"))
      try await giveBack(job, "\(error)")
    }
    return true
  }

  /// Returns whether the work came to its end, or `false` when somebody else has the job by now.
  private func isDone(_ job: ClaimedJob, _ work: @escaping @Sendable (ClaimedJob) async throws -> Void) async throws -> Bool {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      group.addTask {
        try await work(job)
        return true
      }
      group.addTask { try await loseLease(of: job) }
      defer { group.cancelAll() }
      return try await group.next() ?? false
    }
  }

  /// Keeps the lease until it is lost.
  private func loseLease(of job: ClaimedJob) async throws -> Bool {
    while true {
      try await clock.sleep(for: lease / 3)
      do {
        _ = try await queue.heartbeat(job, lease: lease)
      } catch let error as JobQueueError where error.code == .leaseLost {
        return false
      }
    }
  }

  private func giveBack(_ job: ClaimedJob, _ reason: String) async throws {
    do {
      try await queue.fail(job, reason: reason, backoff: Self.backoff)
    } catch let error as JobQueueError where error.code == .leaseLost {
      // Cancelled while it failed: there is nothing to give back.
      return
    }
  }

  private struct UnknownWork: Error, CustomStringConvertible {
    var kind: String
    var description: String { "No worker here knows how to do \(kind)." }
  }
}

extension SyncWorker {
  /// Syncs: the fast path first, then the backfill. One that is stopped goes on where it was.
  ///
  /// - Parameter engine: makes the engine for a connection; it runs once.
  public static func sync(_ engine: @escaping @Sendable (ConnectionID) async throws -> SyncEngine) -> Work {
    work(.sync) { connection in
      if try await engine(connection).run().stopped { throw CancellationError() }
    }
  }

  /// Registers webhooks again.
  ///
  /// - Parameter retry: does it for a connection and returns what came of it; what may still be mended is tried again.
  public static func webhook(_ retry: @escaping @Sendable (ConnectionID) async throws -> [Webhook]) -> Work {
    work(.webhook) { connection in
      let failed = try await retry(connection).first { $0.status != .active && $0.retryHelps == true }
      if let failed { throw JobFailed(description: failed.reason ?? "The webhook is not active.") }
    }
  }

  private static func work(_ work: ConnectionJob.Work, _ body: @escaping @Sendable (ConnectionID) async throws -> Void) -> Work {
    Work(kind: work.rawValue) { job in
      guard let named = ConnectionJob(job) else { throw JobFailed(description: "The job names no connection.") }
      try await body(named.connection)
    }
  }

  private struct JobFailed: Error, CustomStringConvertible {
    var description: String
  }
}
