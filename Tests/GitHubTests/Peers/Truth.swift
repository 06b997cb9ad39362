import Foundation

/// What the peers say a complete sync must end with; only what GitHub tells.
struct Truth: Decodable {
  struct Person: Decodable { var login: String, name: String?, email: String, left: Bool }
  struct Team: Decodable { var slug: String, name: String, parent: String?, members: [String] }
  struct Review: Decodable, Equatable { var nodeId: String, author: String, state: String, submitted: String? }
  struct Pull: Decodable {
    var number: Int, nodeId: String, title: String, state: String, draft: Bool
    var created: String, updated: String, closed: String?, merged: String?
    var inWindow: Bool, author: String, bot: Bool, base: String, head: String, mergeCommit: String?
    var additions: Int, deletions: Int, labels: [String], reviews: [Review]
    var comments: Int, reviewComments: Int, checks: String, statuses: [String: String]
  }
  struct Issue: Decodable {
    var number: Int, nodeId: String, title: String, state: String, created: String, updated: String, closed: String?
    var labels: [String], comments: Int, author: String
  }
  struct Deployment: Decodable {
    var nodeId: String, environment: String, sha: String, created: String, updated: String, statuses: [String]
  }
  struct CodeOwners: Decodable {
    struct Problem: Decodable, Equatable { var line: Int, kind: String }
    var path: String, sha: String, text: String, errors: [Problem]
  }
  struct Repository: Decodable {
    var name: String, nodeId: String, `private`: Bool, archived: Bool, fork: Bool, language: String
    var empty: Bool, defaultBranch: String?, head: String?, codeowners: CodeOwners?
    var pulls: [Pull], issues: [Issue], deployments: [Deployment]
  }
  var org: String, now: String, since: String
  var people: [Person], teams: [Team], repositories: [Repository]

  init(_ url: URL) throws { self = try JSONDecoder().decode(Self.self, from: try Data(contentsOf: url)) }
}
