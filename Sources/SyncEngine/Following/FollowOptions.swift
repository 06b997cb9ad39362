public import KoalrStorage

/// How a follower works.
public struct FollowOptions: Sendable {
  /// The name of this worker, for the queue.
  public var worker: String
  /// How many events are taken at once. What several of them touch is asked for once.
  public var batch: Int
  /// How long events stay with a worker that gives no sign of life.
  public var lease: Duration
  /// How long to wait before looking again into a queue that was empty.
  public var pause: Duration
  /// How the pauses grow before something that failed is tried again.
  public var backoff: Backoff

  /// Makes options.
  public init(
    worker: String = "follower", batch: Int = 200, lease: Duration = .seconds(300), pause: Duration = .milliseconds(250),
    backoff: Backoff = Backoff()
  ) {
    precondition(batch > 0, "A follower takes at least one event at a time.")
    self.worker = worker
    self.batch = batch
    self.lease = lease
    self.pause = pause
    self.backoff = backoff
  }
}
