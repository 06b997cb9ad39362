import KoalrHTTPTransport

/// The answer to the connection test.
struct OrganizationTestWire: Decodable, Sendable {
  struct Organization: Decodable, Sendable {
    var login: String?
    var viewerCanAdminister: Bool?
    var repositories: ListWire<Probe>?
  }
  /// The repository that was pushed to last, with one thing of each kind.
  struct Probe: Sendable {
    struct Branch: Decodable, Sendable {
      struct Target: Decodable, Sendable { var id: String? }
      var target: Target?
    }
    var pullRequests: CountWire?
    var issues: CountWire?
    var deployments: CountWire?
    var defaultBranchRef: Branch?
  }
  struct People: Decodable, Sendable {
    var teams: CountWire?
    var membersWithRole: CountWire?
  }
  var viewer: ActorWire?
  var organization: Organization?
  var people: People?
}

extension OrganizationTestWire.Probe: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    pullRequests = try json.value("pullRequests")
    issues = try json.value("issues")
    deployments = try json.value("deployments")
    defaultBranchRef = try json.decoded("defaultBranchRef")
  }
}
