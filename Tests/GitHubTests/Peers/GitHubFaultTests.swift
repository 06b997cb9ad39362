import KoalrCore
import KoalrGitHub
import PeerSupport
import Testing

@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct GitHubFaultTests {
  private static let worlds = Once<String, GitHubWorld>()
  private static func shared() async throws -> GitHubWorld {
    try await worlds.value("shared") { try await GitHubWorld(repositories: 6, changes: 13) }
  }

  // Starting peers takes seconds; the suite is serialized, so one set is enough.
  private static func fresh() async throws -> GitHubWorld {
    let world = try await shared()
    try await world.reset()
    return world
  }

  @Test(arguments: [
    #"{"kind": "status", "status": 502, "html": true, "times": 4, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "graphql_errors", "type": "TIMEOUT", "times": 4}"#,
    #"{"kind": "graphql_errors", "type": "RESOURCE_LIMITS_EXCEEDED", "every": 3, "after": 2, "times": 4}"#,
    #"{"kind": "graphql_errors", "type": "SECONDARY", "times": 2}"#,
    #"{"kind": "secondary", "status": 403, "times": 2}"#,
    #"{"kind": "partial", "connections": 20}"#,
    #"{"kind": "graphql_time", "scale": 1, "limitS": 0.6}"#,
    #"{"kind": "drift", "shift": 1}"#,
    #"{"kind": "truncate", "times": 2}"#,
    #"{"kind": "reset", "times": 2}"#,
  ])
  func `trouble that passes or that a smaller question avoids costs nothing of the result`(fault: String) async throws {
    let world = try await Self.fresh()
    try await world.fault(fault)
    let found = try await DrainedOrganization(try world.gitHub(), since: world.since)
    #expect(found.differences(from: world) == [])
    #expect(found.gaps == [])
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: ["RATE_LIMIT", "RATE_LIMITED"])
  func `a budget that is used up says when it comes back`(type: String) async throws {
    let world = try await Self.fresh()
    try await world.fault(#"{"kind": "graphql_errors", "type": "\#(type)", "resetIn": 900}"#)
    let error = await #expect(throws: IntegrationError.self) {
      _ = try await world.gitHub(clock: .system, maximumWait: .zero).repositories(after: nil)
    }
    #expect(error?.code == .rateLimited)
    guard case .after(let pause) = error?.retry else {
      Issue.record("no time is named: \(String(describing: error))")
      return
    }
    // The answer may have taken its time to arrive.
    #expect((.seconds(600)...(.seconds(905))).contains(pause))
  }

  @Test(arguments: [
    ["author", "title"], ["updatedAt"], ["pageInfo"], ["nodes"], ["state", "name", "email"], ["id"], ["totalCount"],
  ])
  func `nulls where the schema forbids them are gaps, never a crash`(fields: [String]) async throws {
    let world = try await Self.fresh()
    let gitHub = try world.gitHub()
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    try await world.fault(#"{"kind": "nulls", "fields": ["\#(fields.joined(separator: "\", \""))"]}"#)
    let gaps = try await DrainedOrganization(gitHub, of: repositories, since: world.since).gaps
    #expect(gaps.isEmpty == (fields == ["totalCount"]))
  }

  @Test(arguments: ["c3R1Y2s=", "Y3Vyc29yOnYyOjA="])
  func `a list whose next page is this page ends and says so`(cursor: String) async throws {
    let world = try await Self.fresh()
    let gitHub = try world.gitHub()
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    try await world.fault(#"{"kind": "loop", "cursor": "\#(cursor)"}"#)
    let changes = try await Drained(repositories, since: .distantPast) { try await gitHub.changes($0) }
    #expect(changes.calls < 20)
    #expect(!changes.gaps.isEmpty || !changes.failures.isEmpty)
    let issues = try await Drained(repositories, since: .distantPast) { try await gitHub.issues($0) }
    #expect(!issues.gaps.isEmpty || !issues.failures.isEmpty)
    let people = try await gitHub.allPeople()
    #expect(!people.gaps.isEmpty)
  }

  @Test func `a GitHub that is down fails each repository and ends`() async throws {
    let world = try await Self.fresh()
    let gitHub = try world.gitHub()
    let repositories = try await gitHub.allRepositories().elements.map(\.repository)
    try await world.fault(#"{"kind": "status", "status": 502, "html": true}"#)
    let changes = try await Drained(repositories, since: world.since) { try await gitHub.changes($0) }
    #expect(changes.failures.values.allSatisfy { $0.code == .unavailable && $0.retry == .soon })
    // Those that never had any are not asked about.
    let asked = repositories.filter { $0.newestChangeAt.map { $0 >= world.since } ?? false }
    #expect(Set(changes.failures.keys) == Set(asked.map(\.id)))
    await #expect(throws: IntegrationError.self) { _ = try await gitHub.repositories(after: nil) }
  }

  @Test func `a redirect to another host never takes the token along`() async throws {
    let world = try await Self.fresh()
    try await world.fault(#"{"kind": "redirect"}"#)
    await #expect(throws: IntegrationError.self) { _ = try await world.gitHub().testConnection() }
    #expect(try await world.complaints() == [])
  }
}
