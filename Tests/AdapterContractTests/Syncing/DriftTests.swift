import KoalrCore
import KoalrTesting
import PeerSupport
import Testing

/// Pages that shift while they are read, and pages without an end.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct DriftTests {
  @Test(arguments: [1, 7])
  func `pages that begin early lose and double nothing`(shift: Int) async throws {
    let sync = try await PeerSync(repositories: 3, changes: 60)
    let (drifting, whole) = (InMemoryStore(), InMemoryStore())
    try await sync.fault(#"{"kind": "drift", "shift": \#(shift), "match": {"endpoint": "POST /graphql"}}"#)
    let report = try await sync.run(into: drifting)
    #expect(report.isComplete, "\(report.gaps)")
    try await sync.reset()
    try await sync.run(into: whole)
    let (found, expected) = (try await drifting.data(), try await whole.data())
    #expect(found == expected, "\(differences(found, expected))")
  }

  @Test func `a list without an end is ended, told, and read whole by the next run`() async throws {
    let sync = try await PeerSync(repositories: 3, changes: 60)
    let (store, whole) = (InMemoryStore(), InMemoryStore())
    try await sync.fault(#"{"kind": "loop", "match": {"endpoint": "POST /graphql", "body": "pullRequests"}, "after": 1}"#)
    let report = try await sync.run(into: store)
    #expect(!report.isComplete && report.certificates.contains { !$0.isComplete })
    try await sync.reset()
    let mended = try await sync.run(into: store, after: 60)
    #expect(mended.isComplete, "\(mended.gaps)")
    try await sync.run(into: whole, after: 60)
    let (found, expected) = (try await store.data(), try await whole.data())
    #expect(found == expected, "\(differences(found, expected))")
  }
}
