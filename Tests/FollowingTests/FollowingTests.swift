import Foundation
import KoalrCore
import PeerSupport
import Testing

/// Every kind of event of a GitHub, followed: the store is that of a new sync.
@Suite(.serialized, .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct FollowingTests {
  private static let one = [
    #"{"event": "push"}"#, #"{"event": "pull_request", "action": "opened"}"#,
    #"{"event": "pull_request", "action": "synchronize"}"#, #"{"event": "pull_request_review"}"#,
    #"{"event": "check_run", "conclusion": "failure"}"#, #"{"event": "status", "state": "failure"}"#,
    #"{"event": "pull_request", "action": "closed", "merge": true}"#,
    #"{"event": "pull_request", "action": "closed", "merge": false}"#,
    #"{"event": "issues", "action": "opened"}"#, #"{"event": "issue_comment"}"#, #"{"event": "deployment"}"#,
    #"{"event": "deployment_status", "state": "failure"}"#, #"{"event": "membership"}"#,
    #"{"event": "organization", "action": "member_removed"}"#, #"{"event": "repository", "action": "renamed"}"#,
  ]

  @Test func `after every kind of event the store is that of a new sync`() async throws {
    let world = try await FollowedWorld()
    for event in Self.one {
      try await world.emit(event)
      try await world.follow()
      let divergence = try await world.divergence()
      #expect(divergence == "", "\(event)")
    }
    #expect(world.follower.counts.applied == Self.one.count && world.follower.counts.postponed == 0)
    #expect(try await world.complaints().isEmpty)
    #expect(world.receiver.counts.refused.isEmpty && world.receiver.counts.unknown.isEmpty)
  }

  @Test func `events that come together, twice and the last one first end the same`() async throws {
    let world = try await FollowedWorld()
    let events = Self.one.dropLast().map { $0.dropLast() + #", "duplicate": 2}"# }
    try await world.emit(#"{"events": [\#(events.joined(separator: ", "))], "order": "reverse"}"#)
    try await world.follow()
    let divergence = try await world.divergence()
    #expect(divergence == "")
    #expect(world.follower.counts.postponed == 0)
    #expect(try await world.complaints().isEmpty)
  }
}
