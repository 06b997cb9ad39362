public import KoalrDomain
public import KoalrIntegrationProtocols
public import KoalrRiskModel
public import KoalrStorage
import Synchronization

/// Keeps a store current: takes events from the queue, asks the code host again for what each touches, and derives and scores anew
/// what depends on it.
///
/// ```swift
/// let follower = try Follower(sources: sources, store: store, queue: queue, connection: "github")
/// try await follower.run()   // until its task is cancelled
/// ```
///
/// An event brings no facts, so it does not matter in which order events come or how often: what is stored is what the host says.
/// Events that are waiting together are followed together: a burst about one change is one question. An event about something of
/// which the store holds a newer version asks nothing. What fails goes back into the queue and comes again after a pause.
///
/// The store has to have been synced through the connection before; a repository that it does not know is read whole when an
/// event names it. Coverage, findings and incident tools are not asked: no event of the code host tells of them. Certificates
/// stay those of the last sync, because only a sync counts; each says until when it holds.
///
/// Several followers may share a queue and a store, also with workers for other kinds of jobs and followers of other connections,
/// whose jobs are left to them.
public final class Follower: Sendable {
  /// What was done, while it is done. Ends with ``run()``; a slow reader loses the oldest.
  public let handled: AsyncStream<HandledEvent>

  let sources: SyncSources
  let items: any ItemSource
  let store: any Store
  let queue: any JobQueue
  let connection: ConnectionID
  let options: SyncOptions
  let following: FollowOptions
  let scorer: RiskScorer
  let clock: any WallClock
  let observer: any SyncObserver
  private let reports: AsyncStream<HandledEvent>.Continuation
  private let sums = Mutex(FollowCounts())

  /// How many handled events wait for a slow reader.
  static let reportBuffer = 10_000

  /// Makes a follower.
  ///
  /// - Parameters:
  ///   - sources: where to ask; the code host has to be an `ItemSource`.
  ///   - store: what to keep current.
  ///   - queue: where a ``WebhookReceiver`` puts events.
  ///   - connection: the code host's connection, whose events are followed.
  ///   - options: the window and the repositories, the same as those of the syncs.
  ///   - following: how it works.
  ///   - scorer: turns evidence into scores.
  ///   - clock: tells the end of the window.
  ///   - observer: told about notes.
  /// - Throws: ``SyncError`` when the code host cannot be asked for single things.
  public init(
    sources: SyncSources, store: any Store, queue: any JobQueue, connection: ConnectionID,
    options: SyncOptions = SyncOptions(), following: FollowOptions = FollowOptions(),
    scorer: RiskScorer = RiskScorer(model: .sevenFactor), clock: any WallClock = .system,
    observer: any SyncObserver = .silent
  ) throws {
    guard let items = sources.items else {
      throw SyncError(description: "This code host cannot be asked for single things, so its events cannot be followed.")
    }
    (self.sources, self.items, self.store, self.queue) = (sources, items, store, queue)
    (self.connection, self.options, self.following) = (connection, options, following)
    (self.scorer, self.clock, self.observer) = (scorer, clock, observer)
    (handled, reports) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.reportBuffer))
  }

  /// What it has done so far.
  public var counts: FollowCounts { sums.withLock { $0 } }

  /// Follows events until its task is cancelled.
  ///
  /// - Throws: `JobQueueError` when the queue cannot be used.
  public func run() async throws {
    defer { reports.finish() }
    while !Task.isCancelled {
      guard try await followWaiting() == 0 else { continue }
      do {
        try await clock.sleep(for: following.pause)
      } catch is CancellationError {
        return
      }
    }
  }

  /// Follows the events that are due now, at most a batch of them, and returns how many jobs there were.
  ///
  /// - Throws: `JobQueueError` when the queue cannot be used.
  @discardableResult
  public func followWaiting() async throws -> Int {
    let jobs = try await queue.claim(
      limit: following.batch, lease: following.lease, worker: following.worker, kinds: [QueuedEvent.jobKind(of: connection)])
    var events: [FollowedEvent] = []
    for job in jobs {
      if let event = try await opened(job) { events.append(FollowedEvent(job: job, event: event)) }
    }
    guard !events.isEmpty else { return jobs.count }
    let waiting = events
    let outcomes = try await holding(waiting.map(\.job)) {
      var run = FollowRun(self)
      return await run.outcomes(of: waiting)
    }
    for (followed, outcome) in zip(waiting, outcomes) { try await settle(followed, outcome) }
    return jobs.count
  }

  /// The event of a job, if it can be read.
  private func opened(_ job: ClaimedJob) async throws -> HostEvent? {
    do {
      return try QueuedEvent(job).event
    } catch is DecodingError {
      try await give(back: job, "the event cannot be read; another version of the program may have written it", after: nil)
    }
    return nil
  }

  /// Does work while the leases of its jobs are extended.
  private func holding<Result: Sendable>(
    _ jobs: [ClaimedJob], _ work: @escaping @Sendable () async -> Result
  ) async throws -> Result {
    try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask { await work() }
      group.addTask {
        while true {
          do {
            try await self.clock.sleep(for: self.following.lease / 3)
          } catch is CancellationError {
            return nil
          }
          for job in jobs { try await self.whileLeased { _ = try await self.queue.heartbeat(job, lease: self.following.lease) } }
        }
      }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private func settle(_ followed: FollowedEvent, _ outcome: FollowOutcome) async throws {
    let job = followed.job
    let isLast = job.attempt >= QueuedEvent.attempts
    let told: HandledEvent.Outcome
    switch outcome {
    case .applied: told = .applied
    case .upToDate: told = .upToDate
    case .failed(let reason, _): told = isLast ? .givenUp(reason) : .postponed(reason)
    }
    if case .failed(let reason, let wait) = outcome {
      try await give(back: job, reason, after: wait ?? following.backoff.delay(afterAttempt: job.attempt))
    } else {
      try await whileLeased { try await queue.complete(job) }
    }
    sums.withLock { $0.count(told) }
    reports.yield(HandledEvent(event: followed.event, outcome: told))
  }

  private func give(back job: ClaimedJob, _ reason: String, after pause: Duration?) async throws {
    try await whileLeased { try await queue.fail(job, reason: reason, retryAfter: pause) }
  }

  /// Another worker that took over after a lost lease finds the work done or does it again, which changes nothing.
  private func whileLeased(_ body: () async throws -> Void) async throws {
    do {
      try await body()
    } catch let error as JobQueueError where error.code == .leaseLost {
      observer.observe(.note("\(error)"))
    }
  }
}

/// An event in the hands of a follower.
struct FollowedEvent: Sendable {
  var job: ClaimedJob
  var event: HostEvent

  /// Whether an earlier attempt may have left half of it, so that what is stored says nothing about what is derived from it.
  var isRepeated: Bool { job.attempt > 1 }
}

/// What came of an event, for the queue.
enum FollowOutcome: Sendable {
  case applied
  case upToDate
  /// Why, and how long the service asks to wait.
  case failed(String, Duration?)
}
