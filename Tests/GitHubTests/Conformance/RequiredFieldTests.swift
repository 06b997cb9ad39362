import Foundation
import KoalrCore
import KoalrHTTPTransport
import Testing

@testable import KoalrGitHub

/// No field is sure to come, whatever the schema says: only an item's id is required.
struct RequiredFieldTests {
  /// A whole answer, and how it is decoded.
  struct Sample: Sendable, CustomTestStringConvertible {
    var name: String
    var json: String
    var decode: @Sendable (Data) throws -> Void
    var testDescription: String { name }

    init<Wire: Decodable & SendableMetatype>(_ type: Wire.Type, _ json: String) {
      name = "\(type)"
      self.json = json
      decode = { _ = try ServiceJSON.decode(type, from: $0) }
    }
  }

  private static let page = #"{"totalCount": 1, "pageInfo": {"hasNextPage": false, "endCursor": "C"}, "nodes": [NODE]}"#
  private static func list(_ node: String) -> String { page.replacingOccurrences(of: "NODE", with: node) }
  private static let actor = #"{"__typename": "User", "login": "mona"}"#
  private static let comment = #"{"id": "C", "createdAt": "2026-09-01T10:00:00Z", "author": {"login": "mona"}}"#

  static let samples = [
    Sample(PullRequestWire.self, Stub.pull(1)),
    Sample(
      IssueWire.self,
      """
      {"id": "I", "number": 1, "title": "A", "state": "OPEN", "createdAt": "2026-09-01T10:00:00Z", "author": \(actor),
       "updatedAt": "2026-09-01T10:00:00Z", "closedAt": null, "comments": {"totalCount": 1}, "labels": {"totalCount": 1}}
      """),
    Sample(
      DeploymentWire.self,
      """
      {"id": "D", "environment": "production", "commitOid": "\(Stub.sha("a"))", "createdAt": "2026-09-01T10:00:00Z",
       "updatedAt": "2026-09-01T10:00:00Z", "statuses": \(list(#"{"state": "SUCCESS", "createdAt": "2026-09-01T10:00:00Z"}"#))}
      """),
    Sample(
      DetailWire.self,
      """
      {"id": "P", "comments": \(list(comment)), "labels": \(list(#"{"name": "bug"}"#)), "members": \(list(actor)),
       "reviews": \(list(#"{"id": "V", "state": "APPROVED", "submittedAt": "2026-09-01T10:00:00Z", "author": null}"#)),
       "reviewThreads": \(list(#"{"id": "T", "path": "a", "comments": \#(list(comment))}"#)),
       "statusCheckRollup": {"contexts": \(list(#"{"name": "build", "status": "COMPLETED", "conclusion": "SUCCESS"}"#))}}
      """),
    Sample(
      RepositoryWire.self,
      """
      {"id": "R", "nameWithOwner": "acme/api", "isArchived": false, "isFork": false, "visibility": "PRIVATE",
       "createdAt": "2026-09-01T10:00:00Z", "pushedAt": null, "primaryLanguage": {"name": "Swift"},
       "defaultBranchRef": {"name": "main", "target": {"oid": "\(Stub.sha("a"))"}},
       "rootOwners": {"oid": "\(Stub.sha("a"))", "isTruncated": false, "text": ""},
       "codeowners": {"errors": [{"line": 1, "column": 1, "kind": "Unknown owner", "suggestion": "x"}]},
       "pullRequests": \(list(#"{"updatedAt": "2026-09-01T10:00:00Z"}"#)), "open": {"totalCount": 1}}
      """),
    Sample(
      TeamWire.self,
      #"{"id": "T", "slug": "core", "name": "Core", "parentTeam": {"slug": "all"}, "members": \#(list(actor))}"#),
    Sample(MemberWire.self, #"{"id": "U", "login": "mona", "name": "Mona", "email": "m@acme.example"}"#),
    Sample(
      DependencyWire.self,
      """
      {"change_type": "added", "manifest": "package.json", "ecosystem": "npm", "name": "lodash", "version": "4.17.20",
       "license": "MIT", "vulnerabilities": [{"severity": "high", "advisory_ghsa_id": "GHSA-1"}]}
      """),
    Sample(TreeWire.self, #"{"truncated": false, "tree": [{"path": "a", "type": "blob"}]}"#),
    Sample(HookWire.self, #"{"id": 1, "active": true, "events": ["push"], "config": {"url": "https://a.example"}}"#),
  ]

  @Test(arguments: samples)
  func `an answer without any one of its fields is read all the same, unless that is an id`(sample: Sample) throws {
    let whole = try JSONSerialization.jsonObject(with: Data(sample.json.utf8))
    try sample.decode(Data(sample.json.utf8))
    var dropped = 0
    try Self.withoutEach(whole) { lacking in
      dropped += 1
      try sample.decode(try JSONSerialization.data(withJSONObject: lacking))
    }
    #expect(dropped > 2)
  }

  /// Calls `body` with the value once for each field at any depth but an id: without the field.
  private static func withoutEach(_ value: Any, _ body: (Any) throws -> Void) throws {
    if let object = value as? [String: Any] {
      for (key, field) in object {
        if key != "id" {
          var rest = object
          rest[key] = nil
          try body(rest)
        }
        try withoutEach(field) { inner in
          var changed = object
          changed[key] = inner
          try body(changed)
        }
      }
    } else if let list = value as? [Any] {
      for (index, element) in list.enumerated() {
        try withoutEach(element) { inner in
          var changed = list
          changed[index] = inner
          try body(changed)
        }
      }
    }
  }
}
