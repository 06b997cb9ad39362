/// When a request is sent again, after what pause, and where patience ends.
public struct RetryPolicy: Sendable {
  /// How often a request is sent at most, unless told otherwise.
  public static let standardAttempts = 4
  /// The longest single pause, unless told otherwise.
  public static let standardSingleWait: Duration = .seconds(60)
  /// The longest sum of pauses of one request, unless told otherwise.
  public static let standardTotalWait: Duration = .seconds(180)

  /// How often a request is sent at most, the first time included.
  public var maximumAttempts: Int
  /// The first pause where the service names none; each further one is twice as long.
  public var firstWait: Duration
  /// A longer pause is not made: the answer is returned, with the pause in ``HTTPResponse/retryAfter``.
  public var maximumSingleWait: Duration
  /// The same for the sum of a request's pauses.
  public var maximumTotalWait: Duration
  /// Numbers from 0 up to 1; a pause we chose ourselves is between half and all of its length.
  public var jitter: @Sendable () -> Double
  /// The adapter's own judgement of an answer, asked first; `nil` leaves it to the usual rules.
  public var verdict: @Sendable (HTTPResponse) -> RetryVerdict?

  /// Makes a policy.
  public init(
    maximumAttempts: Int = standardAttempts, firstWait: Duration = .milliseconds(500),
    maximumSingleWait: Duration = standardSingleWait, maximumTotalWait: Duration = standardTotalWait,
    jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
    verdict: @escaping @Sendable (HTTPResponse) -> RetryVerdict? = { _ in nil }
  ) {
    self.maximumAttempts = maximumAttempts
    self.firstWait = firstWait
    self.maximumSingleWait = maximumSingleWait
    self.maximumTotalWait = maximumTotalWait
    self.jitter = jitter
    self.verdict = verdict
  }

  /// Four attempts, a minute at most between two, three minutes in all.
  public static var standard: Self { Self() }
}

/// What to do about an answer.
public enum RetryVerdict: Hashable, Sendable {
  /// Take it as the answer, whatever its status.
  case accept
  /// Send the request again. `after` is the pause the service asked for, if it did; `reason` must be safe in any log.
  case retry(after: Duration?, reason: String)
}

extension RetryPolicy {
  /// Returns the pause before attempt `attempt + 1` where the service named none.
  package func pause(afterAttempt attempt: Int) -> Duration {
    let full = min(maximumSingleWait, firstWait * (1 << min(max(attempt, 1) - 1, 20)))
    return full * (0.5 + 0.5 * min(max(jitter(), 0), 1))
  }
}
