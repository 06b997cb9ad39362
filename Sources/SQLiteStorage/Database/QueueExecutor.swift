#if SQLite
import Dispatch

/// Runs an actor on a queue of its own, so that blocking calls into SQLite never take a thread of the cooperative pool.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) { queue = DispatchQueue(label: label) }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }

  /// Runs `body` on the queue before there is an actor.
  func run<Result>(_ body: @escaping @Sendable () throws -> sending Result) async throws -> sending Result {
    try await withCheckedThrowingContinuation { continuation in
      queue.async {
        do { continuation.resume(returning: try body()) } catch { continuation.resume(throwing: error) }
      }
    }
  }
}
#endif
