import Foundation
import KoalrCore
import KoalrGitHub
import KoalrTesting
import PeerSupport
import Testing

/// Each kind of fault that the peers know, against a whole sync.
@Suite(.enabled(if: Peers.available, Comment(rawValue: Peers.absence)), .serialized)
struct EveryFaultTests {
  private static let worlds = Once<String, GitHubWorld>()
  private static let quiet = Once<String, [String: String]>()

  // Starting peers takes seconds; the suite is serialized, so one set is enough.
  private static func fresh(repositories: Int = 4) async throws -> GitHubWorld {
    let world = try await worlds.value("\(repositories)") { try await GitHubWorld(repositories: repositories, changes: 13) }
    try await world.reset()
    return world
  }

  /// What a sync without faults stores.
  private static func undisturbed(_ world: GitHubWorld) async throws -> [String: String] {
    try await quiet.value("\(world.truth.repositories.count)") {
      let synced = try await SyncedOrganization(world, try world.gitHub())
      #expect(synced.gaps == [])
      let differences = try await synced.differences(from: world)
      #expect(differences == [])
      return try await synced.records()
    }
  }

  /// Faults that pass, or that a smaller question avoids. Pauses pass at once.
  static let passing = [
    #"{"kind": "latency", "ms": 3, "jitterMs": 3}"#,
    #"{"kind": "status", "status": 502, "html": true, "times": 3, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "status", "status": 500, "times": 2}"#,
    #"{"kind": "status", "status": 504, "every": 5, "times": 5, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "catalogue", "name": "html_503", "every": 2, "times": 4}"#,
    #"{"kind": "catalogue", "name": "graphql_timeout_html_502", "after": 1, "times": 2, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "catalogue", "name": "primary_rate_limit_rest", "times": 2, "match": {"endpoint": "GET /user"}}"#,
    #"{"kind": "catalogue", "name": "graphql_primary_rate_limit_old", "after": 2, "times": 2, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "catalogue", "name": "secondary_rate_limit_with_retry_after", "times": 2}"#,
    #"{"kind": "catalogue", "name": "secondary_rate_limit_no_retry_after", "after": 1, "times": 2}"#,
    #"{"kind": "catalogue", "name": "secondary_rate_limit_body_only", "times": 1}"#,
    #"{"kind": "catalogue", "name": "abuse_detection_old_text", "every": 3, "times": 3}"#,
    #"{"kind": "secondary", "status": 403, "times": 2}"#,
    #"{"kind": "secondary", "status": 429, "retryAfter": 8, "every": 4, "times": 4}"#,
    #"{"kind": "graphql_errors", "type": "RATE_LIMITED", "resetIn": 900, "after": 1, "times": 2, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "graphql_errors", "type": "RATE_LIMIT", "resetIn": 60, "every": 3, "times": 3, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "graphql_errors", "type": "RESOURCE_LIMITS_EXCEEDED", "every": 3, "times": 4, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "graphql_errors", "type": "SECONDARY", "every": 2, "times": 3, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "graphql_errors", "type": "TIMEOUT", "after": 1, "times": 3, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "partial", "connections": 20}"#,
    #"{"kind": "graphql_time", "scale": 1, "limitS": 0.6}"#,
    #"{"kind": "reset", "every": 3, "times": 3}"#,
    #"{"kind": "truncate", "every": 3, "times": 3}"#,
    #"{"kind": "truncate", "bytes": 1, "times": 1}"#,
    #"{"kind": "slow", "bytesPerSecond": 200000, "times": 2}"#,
    #"{"kind": "malformed", "every": 3, "times": 3}"#,
    #"{"kind": "malformed", "text": "<html>no</html>", "times": 2}"#,
    #"{"kind": "huge", "megabytes": 65, "after": 1, "times": 1, "match": {"endpoint": "POST /graphql"}}"#,
    #"{"kind": "drift", "shift": 1}"#,
    #"{"kind": "drift", "shift": 3}"#,
    #"{"kind": "foreign_next"}"#,
  ]

  @Test(arguments: passing)
  func `a fault that passes leaves the store of a quiet day`(fault: String) async throws {
    let world = try await Self.fresh()
    let expected = try await Self.undisturbed(world)
    try await world.reset()
    try await world.fault(fault)
    let synced = try await SyncedOrganization(world, try world.gitHub())
    #expect(synced.gaps == [])
    #expect(try await world.metEveryFault())
    let records = try await synced.records()
    let different = Set(records.keys).union(expected.keys).filter { records[$0] != expected[$0] }
    #expect(different.isEmpty)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [
    #"{"kind": "redirect"}"#, #"{"kind": "redirect", "status": 307}"#, #"{"kind": "redirect", "status": 308}"#,
    #"{"kind": "malformed"}"#, #"{"kind": "status", "status": 503, "html": true}"#, #"{"kind": "reset"}"#,
    #"{"kind": "truncate"}"#, #"{"kind": "status", "status": 451}"#,
  ])
  func `a fault that stays ends the run with a reason, and without a record`(fault: String) async throws {
    let world = try await Self.fresh()
    try await world.fault(fault)
    do {
      let synced = try await SyncedOrganization(world, try world.gitHub())
      #expect(try await world.metEveryFault())
      #expect(!synced.gaps.isEmpty)
      #expect(try await synced.records() == [:])
    } catch let error as SyncError {
      #expect(error.description.contains("GitHub") || error.description.contains("github"), "\(error)")
    }
    #expect(try await world.complaints() == [])
  }

  @Test func `a list without an end is read once and named`() async throws {
    let world = try await Self.fresh()
    let expected = try await Self.undisturbed(world)
    try await world.reset()
    try await world.fault(#"{"kind": "loop"}"#)
    let synced = try await SyncedOrganization(world, try world.gitHub())
    #expect(!synced.gaps.isEmpty)
    let records = try await synced.records()
    #expect(Set(records.keys).isSubset(of: expected.keys))
    #expect(try await world.complaints() == [])
  }

  /// Every field that our queries ask for, but those whose loss makes nothing of the answer readable.
  static let fields = [
    "id", "number", "title", "state", "isDraft", "createdAt", "updatedAt", "closedAt", "mergedAt", "baseRefName", "baseRefOid",
    "headRefOid", "additions", "deletions", "changedFiles", "totalCommentsCount", "author", "login", "__typename", "mergeCommit",
    "oid", "reviews", "labels", "totalCount", "statusCheckRollup", "contexts", "nodes", "pageInfo", "hasNextPage", "endCursor",
    "name", "status", "conclusion", "completedAt", "context", "submittedAt", "environment", "commitOid", "statuses", "comments",
    "nameWithOwner", "isArchived", "isFork", "visibility", "pushedAt", "primaryLanguage", "defaultBranchRef", "target",
    "isTruncated", "text", "codeowners", "errors", "line", "column", "kind", "suggestion", "pullRequests", "deployments",
    "issues",
    "teams", "membersWithRole", "slug", "parentTeam", "members", "email", "rateLimit", "cost", "list", "data",
  ]

  @Test(arguments: fields)
  func `a null in any field loses that field and no other record`(field: String) async throws {
    // The first repository has every kind of pull request.
    let world = try await Self.fresh(repositories: 1)
    let expected = try await Self.undisturbed(world)
    try await world.reset()
    try await world.fault(#"{"kind": "nulls", "fields": ["\#(field)"], "match": {"endpoint": "POST /graphql"}, "after": 1}"#)
    do {
      let synced = try await SyncedOrganization(world, try world.gitHub())
      let lost = Set(expected.keys).subtracting(try await synced.records().keys)
      #expect(lost.isEmpty || !synced.gaps.isEmpty, "\(lost.count) records are missing and nobody says so")
    } catch let error as SyncError {
      #expect(!error.description.isEmpty)
    }
    #expect(try await world.complaints() == [])
  }
}
