/// The answer to the connection test.
struct OrganizationTestWire: Decodable, Sendable {
  struct Organization: Decodable, Sendable {
    struct Probe: Decodable, Sendable { var pullRequests: CountWire? }
    var login: String?
    var viewerCanAdminister: Bool?
    var repositories: ListWire<Probe>?
  }
  struct People: Decodable, Sendable {
    var teams: CountWire?
    var membersWithRole: CountWire?
  }
  var viewer: ActorWire?
  var organization: Organization?
  var people: People?
}
