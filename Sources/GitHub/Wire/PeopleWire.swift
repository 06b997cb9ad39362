import KoalrHTTPTransport

/// The answer to the question for teams and members.
struct PeopleWire: Decodable, Sendable {
  struct Teams: Decodable, Sendable { var teams: ListWire<TeamWire>? }
  struct Members: Decodable, Sendable { var membersWithRole: ListWire<MemberWire>? }
  var teamsOf: Teams?
  var membersOf: Members?
}

struct TeamWire: Sendable {
  struct Parent: Decodable, Sendable { var slug: String? }
  var id: String
  var slug: String?
  var name: String?
  var parentTeam: Parent?
  var members: ListWire<ActorWire>?
}

extension TeamWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    slug = try json.text("slug")
    name = try json.text("name")
    parentTeam = try json.decoded("parentTeam")
    members = try json.value("members")
  }
}

struct MemberWire: Sendable {
  var id: String
  var login: String?
  var name: String?
  var email: String?
}

extension MemberWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    login = try json.text("login")
    name = try json.text("name")
    email = try json.text("email")
  }
}
