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

  /// The kind of job that holds one: each connection has its own, so that its followers claim nothing of others.
  static func jobKind(of connection: ConnectionID) -> String { "follow-event/\(connection)" }
  /// How often it is tried: with the usual pauses for about an hour and a quarter.
  static let attempts = 20

  init(_ event: HostEvent, connection: ConnectionID) {
    self.connection = connection
    self.event = event
  }

  /// The job for the queue. Its key keeps a second copy of the same delivery out for as long as the first is not done.
  func job() throws -> NewJob {
    let kind = Self.jobKind(of: connection)
    return NewJob(
      kind: kind, payload: try JSONEncoder().encode(self), key: "\(kind)/\(event.delivery)", maximumAttempts: Self.attempts)
  }

  /// The event in a job of this kind.
  init(_ job: ClaimedJob) throws { self = try JSONDecoder().decode(Self.self, from: job.payload) }
}
