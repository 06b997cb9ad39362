import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// An event as it lies in the queue.
struct QueuedEvent: Codable, Sendable {
  var connection: ConnectionID
  var event: HostEvent

  /// The kind of job that holds one.
  static let jobKind = "follow-event"
  /// How often it is tried: with the usual pauses for about an hour and a quarter.
  static let attempts = 20

  init(_ event: HostEvent, connection: ConnectionID) {
    self.connection = connection
    self.event = event
  }

  /// The job for the queue. Its key keeps a second copy of the same delivery out for as long as the first is not done.
  func job() throws -> NewJob {
    NewJob(
      kind: Self.jobKind, payload: try JSONEncoder().encode(self), key: "\(Self.jobKind)/\(connection)/\(event.delivery)",
      maximumAttempts: Self.attempts)
  }

  /// The event in a job, or `nil` for a job of another kind.
  init?(_ job: ClaimedJob) throws {
    guard job.kind == Self.jobKind else { return nil }
    self = try JSONDecoder().decode(Self.self, from: job.payload)
  }
}
