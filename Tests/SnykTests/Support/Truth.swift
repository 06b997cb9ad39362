import KoalrCore

/// What the peers' truth says about findings.
struct Truth: Decodable {
  var org: String
  var now: String
  var since: String
  var snyk: Account
  var repositories: [Entry]

  struct Account: Decodable {
    var orgId: String
    var slug: String
  }

  struct Entry: Decodable {
    var name: String
    var nodeId: String
    var security: [Project]
  }

  struct Project: Decodable {
    var project: String
    var targetFile: String
    var issues: [Issue]
  }

  struct Issue: Decodable {
    var id: String
    var key: String
    var type: String
    var title: String
    var severity: String
    var package: String?
    var version: String?
    var cve: String?
    var score: Double?
    var fixedIn: String?
    var status: String
    var ignored: Bool
    var created: String
    var resolved: String?
  }
}

extension Truth.Entry {
  func repository(of organization: String) throws -> Repository {
    Repository(
      id: try RepositoryID(nodeId), name: try RepositoryName("\(organization)/\(name)"), defaultBranch: "main", headSHA: nil)
  }
}
