public import KoalrIntegrationProtocols

/// An event that a follower has done with, or has put off.
public struct HandledEvent: Hashable, Sendable {
  /// The event.
  public var event: HostEvent
  /// What came of it.
  public var outcome: Outcome

  /// What came of an event.
  public enum Outcome: Hashable, Sendable {
    /// What it touches was asked for again, and the store follows it.
    case applied
    /// The store was as new as the event: nothing was asked.
    case upToDate
    /// It did not work and is tried again later; why.
    case postponed(String)
    /// It did not work as often as it may be tried, and lies among the queue's dead letters; why.
    case givenUp(String)
  }

  /// Makes a handled event.
  public init(event: HostEvent, outcome: Outcome) {
    self.event = event
    self.outcome = outcome
  }
}

/// How many events a follower has done with, by what came of them.
public struct FollowCounts: Hashable, Sendable {
  /// Events that were followed.
  public var applied = 0
  /// Events that told nothing new.
  public var upToDate = 0
  /// Attempts that failed and come again.
  public var postponed = 0
  /// Events that were given up: dead letters.
  public var givenUp = 0

  /// Makes counts of nothing.
  public init() {}

  mutating func count(_ outcome: HandledEvent.Outcome) {
    switch outcome {
    case .applied: applied += 1
    case .upToDate: upToDate += 1
    case .postponed: postponed += 1
    case .givenUp: givenUp += 1
    }
  }
}
