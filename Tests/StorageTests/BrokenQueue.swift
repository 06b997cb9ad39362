import KoalrCore
import KoalrTesting
import Synchronization

/// A job queue that keeps every promise but one.
final class BrokenQueue: JobQueue {
  private let queue: InMemoryJobQueue
  private let flaw: JobQueueContract.Promise
  private let now: @Sendable () -> Date
  private let handedOut = Mutex<[ClaimedJob]>([])

  init(breaking promise: JobQueueContract.Promise, now: @escaping @Sendable () -> Date) {
    flaw = promise
    self.now = now
    queue = InMemoryJobQueue(now: now)
  }

  func enqueue(_ jobs: [NewJob]) async throws -> [JobID] {
    if flaw == .nonsenseIsRefused {
      _ = try await queue.enqueue(jobs.filter { $0.kind == "good" })
    }
    return try await queue.enqueue(
      jobs.map { job in
        var job = job
        switch flaw {
        case .handsOutWhatWasAdded: job.payload = Data()
        case .priorityThenOrder: job.priority = 0
        case .delayHolds: job.notBefore = nil
        case .lastFailureIsKept, .lostWorkersAreCounted: job.maximumAttempts = 99
        case .keysAreUnique: job.key = nil
        default: break
        }
        return job
      })
  }

  func claim(limit: Int, lease: Duration, worker: String, kinds: Set<String>?) async throws -> [ClaimedJob] {
    let lease = flaw == .expiredLeaseFrees ? .seconds(9999) : lease
    let jobs = try await queue.claim(
      limit: flaw == .oneWorkerAtATime ? limit + 1 : limit, lease: lease, worker: worker,
      kinds: flaw == .otherKindsStay ? nil : kinds)
    guard flaw == .workersShare else { return jobs }
    return handedOut.withLock { handedOut in
      defer { handedOut += jobs }
      return handedOut.isEmpty || jobs.isEmpty ? jobs : jobs + [handedOut[0]]
    }
  }

  func heartbeat(_ job: ClaimedJob, lease: Duration) async throws -> Date {
    if flaw == .heartbeatExtends { return now() + 60 }
    return try await queue.heartbeat(job, lease: lease)
  }

  func complete(_ jobs: [ClaimedJob]) async throws {
    switch flaw {
    case .lostLeaseEndsNothing, .workersShare: for job in jobs { _ = try await queue.cancel(job.id) }
    case .completionsAreSeparate: for job in jobs { try await queue.complete(job) }
    default: try await queue.complete(jobs)
    }
  }

  func fail(_ job: ClaimedJob, reason: String, retryAfter: Duration?) async throws {
    try await queue.fail(job, reason: reason, retryAfter: flaw == .failureWaits ? .zero : retryAfter)
  }

  func cancel(_ id: JobID) async throws -> Bool { flaw == .cancelRemoves ? true : try await queue.cancel(id) }

  func deadLetters(limit: Int) async throws -> [DeadLetter] { try await queue.deadLetters(limit: limit) }

  func counts() async throws -> JobCounts {
    var counts = try await queue.counts()
    if flaw == .countsAreTrue { counts.due += counts.delayed }
    return counts
  }
}

/// A store of secrets that keeps every promise but one.
final class BrokenSecretStore: SecretStore, CustomStringConvertible {
  private let store = InMemorySecretStore()
  private let flaw: SecretStoreContract.Promise
  private let shown = Mutex("")

  init(breaking promise: SecretStoreContract.Promise) { flaw = promise }

  var description: String { shown.withLock { $0 } }

  func save(_ secret: Secret, name: SecretName, connection: ConnectionID) async throws {
    if flaw == .nothingShows { shown.withLock { $0 = secret.reveal() } }
    if flaw == .lastOneWins, try await self.secret(name, connection: connection) != nil { return }
    let kept = flaw == .readsBack ? Secret(String(secret.reveal().prefix(255))) : secret
    guard let kept else { return }
    try await store.save(kept, name: name, connection: place(connection))
  }

  func secret(_ name: SecretName, connection: ConnectionID) async throws -> Secret? {
    try await store.secret(name, connection: place(connection))
  }

  func remove(_ name: SecretName, connection: ConnectionID) async throws -> Bool {
    flaw == .removedIsGone ? true : try await store.remove(name, connection: place(connection))
  }

  func names(connection: ConnectionID) async throws -> [SecretName] {
    let names = try await store.names(connection: place(connection))
    return flaw == .namesAreListed ? names.reversed() : names
  }

  private func place(_ connection: ConnectionID) -> ConnectionID {
    flaw == .placesAreSeparate ? ConnectionID(unchecked: "one") : connection
  }
}
