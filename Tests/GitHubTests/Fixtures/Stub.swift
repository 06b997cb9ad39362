import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Testing

/// Adapters and answers for tests without a server.
enum Stub {
  static let now = Date(timeIntervalSince1970: 1_790_000_000)
  static let since = Date(timeIntervalSince1970: 1_780_000_000)
  static let token = "ghp_THISisASecret"

  static func gitHub(
    _ transport: some HTTPTransport, observer: any SyncObserver = .silent,
    maximumWait: Duration = GitHubCodeHost.standardMaximumWait
  ) throws -> GitHubCodeHost {
    GitHubCodeHost(
      organization: "acme", token: try #require(Secret(token)), transport: transport,
      clock: ManualClock(startingAt: now, skipsSleep: true), observer: observer, maximumWait: maximumWait)
  }

  static func repository(_ name: String = "api") -> Repository {
    Repository(
      id: RepositoryID(unchecked: "R_\(name)"), name: RepositoryName(unchecked: "acme/\(name)"), defaultBranch: "main",
      headSHA: nil)
  }

  static func request(_ name: String = "api", after: Cursor? = nil) -> RepositoryPageRequest {
    RepositoryPageRequest(repository: repository(name), since: since, after: after)
  }

  /// Answers every GraphQL question by looking at its text.
  static func graphQL(_ answer: @escaping @Sendable (String) -> String) -> StubTransport {
    StubTransport { request in
      let text = String(decoding: request.body ?? Data(), as: UTF8.self)
      let body = answer(text)
      return HTTPResponse(status: body.hasPrefix("<") ? 502 : 200, body: Data(body.utf8), url: request.url)
    }
  }

  static func sha(_ digit: Character) -> String { String(repeating: digit, count: 40) }

  /// A pull request with everything that is usually there; `more` replaces or adds fields.
  static func pull(_ number: Int, _ more: [String: String] = [:]) -> String {
    var fields = [
      "id": "\"PR_\(number)\"", "number": "\(number)", "title": "\"Change \(number)\"", "state": "\"OPEN\"", "isDraft": "false",
      "createdAt": "\"2026-09-01T10:00:00Z\"", "updatedAt": "\"2026-09-0\(max(1, 9 - number % 9))T10:00:00Z\"",
      "baseRefName": "\"main\"", "baseRefOid": "\"\(sha("b"))\"", "headRefOid": "\"\(sha("a"))\"", "additions": "3",
      "deletions": "1", "changedFiles": "2", "totalCommentsCount": "4",
      "author": #"{"__typename": "User", "login": "mona"}"#, "reviews": #"{"totalCount": 0}"#, "comments": #"{"totalCount": 0}"#,
      "reviewThreads": #"{"totalCount": 0}"#, "labels": #"{"totalCount": 0}"#,
      "statusCheckRollup": "null",
    ]
    fields.merge(more) { $1 }
    return "{" + fields.map { "\"\($0.key)\": \($0.value)" }.joined(separator: ", ") + "}"
  }

  static func list(_ nodes: [String], next: String? = nil) -> String {
    let end = next.map { "\"\($0)\"" } ?? "null"
    return """
      {"totalCount": \(nodes.count), "pageInfo": {"hasNextPage": \(next != nil), "endCursor": \(end)},
      "nodes": [\(nodes.joined(separator: ", "))]}
      """
  }

  static func page(_ nodes: [String], next: String? = nil) -> String {
    #"{"data": {"r0": {"list": \#(list(nodes, next: next))}, "rateLimit": {"cost": 1}}}"#
  }
}
