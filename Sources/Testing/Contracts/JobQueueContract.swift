public import KoalrCore
import Synchronization

/// What every `JobQueue` promises, as checks that need no test framework.
public struct JobQueueContract: Sendable {
  private let makeQueue: @Sendable (_ now: @escaping @Sendable () -> Date) async throws -> any JobQueue

  /// Makes a contract for the queues that `makeQueue` makes: a new, empty one at each call, which reads the time from `now`.
  public init(makeQueue: @escaping @Sendable (_ now: @escaping @Sendable () -> Date) async throws -> any JobQueue) {
    self.makeQueue = makeQueue
  }

  /// One thing a queue promises.
  public enum Promise: String, CaseIterable, Sendable {
    case handsOutWhatWasAdded = "A claimed job has all that was added, the number of its attempt, its worker and its lease."
    case oneWorkerAtATime = "A job whose lease is held goes to nobody else, and no claim is larger than its limit."
    case priorityThenOrder = "Higher priority goes first, then what became due earlier, then what was added earlier."
    case otherKindsStay = "A claim for some kinds leaves the others alone."
    case delayHolds = "A job does not start before its time."
    case expiredLeaseFrees = "A job whose lease expired goes to the next worker as its next attempt."
    case lostLeaseEndsNothing = "A worker that lost its lease cannot complete, fail or extend the job, and the error says so."
    case completionsAreSeparate = "Completing several jobs ends those whose lease is held and names the others."
    case heartbeatExtends = "A heartbeat makes the lease last from now."
    case failureWaits = "A failed job becomes due again after its pause."
    case lastFailureIsKept = "A job that failed for the last time, or may not be tried again, is kept with the reason."
    case lostWorkersAreCounted = "A job whose workers stop without a word becomes a dead letter after its last attempt."
    case keysAreUnique = "While a job with a key has not ended, one with the same key is not added; afterwards it is."
    case cancelRemoves = "A cancelled job is gone, whatever its state, and its worker loses the lease."
    case countsAreTrue = "Counts say how many jobs are due, delayed, claimed and dead."
    case nonsenseIsRefused = "A job that makes no sense is refused with all that was added beside it."
    case workersShare = "Workers at the same time get each job once."

    /// The promise in words.
    public var sentence: String { rawValue }
  }

  /// Checks one promise on a new queue.
  ///
  /// - Throws: ``BrokenPromise``.
  public func check(_ promise: Promise) async throws {
    try await checking(promise.sentence) {
      let clock = ContractClock()
      let bench = QueueChecks(queue: try await makeQueue { clock.now }, clock: clock)
      switch promise {
      case .handsOutWhatWasAdded: try await bench.handsOutWhatWasAdded()
      case .oneWorkerAtATime: try await bench.oneWorkerAtATime()
      case .priorityThenOrder: try await bench.priorityThenOrder()
      case .otherKindsStay: try await bench.otherKindsStay()
      case .delayHolds: try await bench.delayHolds()
      case .expiredLeaseFrees: try await bench.expiredLeaseFrees()
      case .lostLeaseEndsNothing: try await bench.lostLeaseEndsNothing()
      case .completionsAreSeparate: try await bench.completionsAreSeparate()
      case .heartbeatExtends: try await bench.heartbeatExtends()
      case .failureWaits: try await bench.failureWaits()
      case .lastFailureIsKept: try await bench.lastFailureIsKept()
      case .lostWorkersAreCounted: try await bench.lostWorkersAreCounted()
      case .keysAreUnique: try await bench.keysAreUnique()
      case .cancelRemoves: try await bench.cancelRemoves()
      case .countsAreTrue: try await bench.countsAreTrue()
      case .nonsenseIsRefused: try await bench.nonsenseIsRefused()
      case .workersShare: try await bench.workersShare()
      }
    }
  }
}

/// A clock that moves when a check says so.
final class ContractClock: Sendable {
  private let time = Mutex(Date(timeIntervalSince1970: 1_790_000_000))

  var now: Date { time.withLock { $0 } }

  func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}
