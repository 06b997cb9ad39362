public import KoalrDomain
public import KoalrStorage

/// The jobs that a connection brings about, as they lie in a `JobQueue`.
///
/// A sync's job is the whole sync, the fast path first and then the backfill: while a job with its key has not ended no other is
/// added, so a connection is never synced twice at once, on however many machines the workers run.
public struct ConnectionJob: Hashable, Sendable {
  /// What is to be done.
  public var work: Work
  /// For whom.
  public var connection: ConnectionID

  /// What is to be done.
  public enum Work: String, Hashable, Sendable, CaseIterable {
    /// A sync: fast path, then backfill.
    case sync = "koalr.sync"
    /// Registering webhooks again that failed.
    case webhook = "koalr.webhook"
  }

  /// Makes a description.
  public init(_ work: Work, of connection: ConnectionID) {
    self.work = work
    self.connection = connection
  }

  /// Reads a claimed job; `nil` for one of another kind, or that says nothing about a connection.
  public init?(_ job: ClaimedJob) {
    guard let work = Work(rawValue: job.kind),
      let connection = ConnectionID(rawValue: String(decoding: job.payload, as: UTF8.self))
    else { return nil }
    self.init(work, of: connection)
  }

  /// What keeps others like it away.
  public var key: String { "\(work.rawValue)/\(connection)" }

  /// The job as it is added to a queue.
  ///
  /// - Parameters:
  ///   - isFirst: whether somebody waits for the first scores; it then goes before the others.
  ///   - notBefore: when it may start; at once when `nil`.
  public func job(isFirst: Bool = false, notBefore: Date? = nil) -> NewJob {
    NewJob(
      kind: work.rawValue, payload: Data(connection.rawValue.utf8), priority: isFirst ? Self.firstPriority : 0, key: key,
      notBefore: notBefore, maximumAttempts: Self.mostAttempts)
  }

  /// Ends the jobs of a connection, also those that run: their workers learn of it as of a lost lease.
  ///
  /// - Throws: `JobQueueError`.
  public static func cancelAll(of connection: ConnectionID, in queue: any JobQueue) async throws {
    // Adding gives the id of the job that has the key, if there is one.
    for work in Work.allCases { _ = try await queue.cancel(try await queue.enqueue(Self(work, of: connection).job())) }
  }

  /// A sync goes on where a stopped worker left it, and workers are stopped whenever a new version is brought out.
  private static let mostAttempts = 20
  private static let firstPriority = 10
}
