import Foundation

/// The part of the peers' truth that a store is compared with.
struct Truth: Decodable {
  var org: String
  var since: String
  var people: [Person]
  var teams: [Team]
  var repositories: [Repository]

  struct Person: Decodable {
    var login: String
    var name: String
    var left: Bool
  }

  struct Team: Decodable {
    var slug: String
    var members: [String]
  }

  struct Repository: Decodable {
    var name: String
    var `private`: Bool
    var archived: Bool
    var fork: Bool
    var defaultBranch: String?
    var head: String?
    var codeowners: CodeOwners?
    var pulls: [Pull]
    var commits: [Commit]
    var issues: [Issue]
    var deployments: [Deployment]
    var coverage: Coverage?
    var security: [Project]
  }

  struct CodeOwners: Decodable {
    var path: String
    var sha: String
    var errors: [Problem]
    struct Problem: Decodable, Hashable {
      var line: Int
      var kind: String
    }
  }

  struct File: Decodable {
    var path: String
    var status: String
    var additions: Int
    var deletions: Int
    var previous: String?
  }

  struct Pull: Decodable {
    var number: Int
    var title: String
    var state: String
    var draft: Bool
    var created: String
    var closed: String?
    var merged: String?
    var inWindow: Bool
    var author: String
    var base: String
    var head: String
    var mergeCommit: String?
    var files: [File]
    var labels: [String]
    var reviews: [Review]
    var statuses: [String: String]
    var coverage: ChangeCoverage?
    struct Review: Decodable {
      var author: String
      var state: String
      var submitted: String?
    }
  }

  struct Commit: Decodable {
    var sha: String
    var committed: String
    var author: String
    var email: String
    var parents: [String]
    var files: [File]
  }

  struct Issue: Decodable {
    var number: Int
    var title: String
    var state: String
    var created: String
    var updated: String
    var closed: String?
    var labels: [String]
  }

  struct Deployment: Decodable {
    var nodeId: String
    var environment: String
    var sha: String
    var created: String
    var statuses: [String]
  }

  struct Totals: Decodable {
    var lines: Int
    var hits: Int
    var coverage: Double?
  }

  struct Coverage: Decodable {
    var sha: String?
    var totals: Totals?
    var trend: [Point]
    struct Point: Decodable {
      var day: String
      var avg: Double
    }
  }

  struct ChangeCoverage: Decodable {
    var base: Totals?
    var head: Totals?
    var delta: Double?
    var patch: [Int]?
    var changedFiles: ChangedFiles?
    struct ChangedFiles: Decodable {
      var files: [File]
      var untracked: Int
      struct File: Decodable {
        var path: String
        var lines: Int
        var hits: Int
      }
    }
  }

  struct Project: Decodable {
    var project: String
    var issues: [Finding]
    struct Finding: Decodable {
      var id: String
      var key: String
      var type: String
      var severity: String
      var package: String?
      var version: String?
      var cve: String?
      var score: Double?
      var fixedIn: String?
      var status: String
      var ignored: Bool
    }
  }
}
