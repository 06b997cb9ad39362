import Foundation
import KoalrCore
import KoalrTesting
import PeerSupport
import Testing

/// A run over a store that earlier runs filled asks only for what changed, and ends with the store of a first run.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct IncrementalTests {
  @Test func `a second run after many events ends with the store of a first one`() async throws {
    let sync = try await PeerSync(repositories: 8, changes: 14)
    let store = InMemoryStore()
    #expect(try await sync.run(into: store).isComplete)
    try await Self.happen(sync)
    let before = try await sync.requests()
    let report = try await sync.run(into: store, after: 3600)
    #expect(report.isComplete, "\(report.gaps)")
    let asked = try await sync.requests()
    let fresh = InMemoryStore()
    try await sync.run(into: fresh, after: 3600)
    let (found, expected) = (try await store.data(), try await fresh.data())
    #expect(found == expected, "\(differences(found, expected))")
    let calls = (asked["POST /graphql"] ?? 0) - (before["POST /graphql"] ?? 0)
    #expect(calls <= 16, "\(calls) calls")
  }

  @Test func `an unchanged organisation costs its discovery and a poll of its open changes`() async throws {
    let sync = try await PeerSync(repositories: 60, changes: 12)
    let store = InMemoryStore()
    let firstReport = try await sync.run(into: store)
    let before = try await sync.requests()
    #expect((before["POST /graphql"] ?? 0) > 10)
    let report = try await sync.run(into: store, after: 3600)
    #expect(report.isComplete, "\(report.gaps)")
    let after = try await sync.requests()
    let open = try await store.all(RecordQuery(Change.self)).filter { $0.state == .open }
    // Clocks may differ by a quarter of an hour.
    let recent = sync.now.addingTimeInterval(-86_400 - 900)
    let unsettled = open.count { $0.updatedAt >= recent || $0.checks?.rollup == .pending }
    let moving = try await store.all(RecordQuery(Deployment.self)).count { deployment in
      ![.success, .failure, .error, .inactive].contains(deployment.statuses.last?.state)
    }
    let calls = after.merging(before.mapValues { -$0 }, uniquingKeysWith: +)
    // One for the connection, one a hundred repositories, one for people; 600 settled changes, 149 others or deployments a call.
    let settled = open.count - unsettled
    // Four for the quarter of an hour that is read again: its count, its pull requests, what they hold, and their certificates.
    let formula = 3 + 4 + (settled + 599) / 600 + (unsettled + 148) / 149 + (moving + 147) / 148
    let volume = "\(open.count) open, \(unsettled) unsettled, \(moving) moving"
    #expect((calls["POST /graphql"] ?? 0) <= formula, "\(calls.filter { $0.value != 0 }), \(volume)")
    #expect(calls.filter { $0.key.contains("git ") && $0.value != 0 }.isEmpty)
    let (plan, first) = (try #require(report.plan), try #require(firstReport.plan))
    #expect(plan.total.requests < first.total.requests, "\(plan.lines)")
    #expect(plan.clones < first.clones / 2)
  }

  /// Something of everything that a webhook tells.
  static func happen(_ sync: PeerSync) async throws {
    try await sync.emit(
      #"{"event": "push", "repo": "atlas-api"}"#, #"{"event": "pull_request", "action": "opened", "repo": "atlas-api"}"#,
      #"{"event": "pull_request", "action": "synchronize", "repo": "atlas-api"}"#,
      #"{"event": "pull_request_review", "repo": "atlas-api"}"#, #"{"event": "issues", "repo": "atlas-api"}"#,
      #"{"event": "issue_comment", "repo": "atlas-api"}"#, #"{"event": "deployment", "repo": "atlas-api"}"#,
      #"{"event": "deployment_status", "repo": "atlas-api", "state": "in_progress"}"#,
      #"{"event": "deployment_status", "repo": "atlas-api", "state": "success"}"#)
    try await sync.emit(
      #"{"event": "pull_request", "action": "closed", "merge": true, "repo": "atlas-api"}"#,
      #"{"event": "pull_request", "action": "closed", "merge": false, "repo": "atlas-api"}"#,
      #"{"event": "membership"}"#, #"{"event": "organization"}"#,
      #"{"event": "deployment_status", "repo": "atlas-api", "state": "failure"}"#)
  }
}
