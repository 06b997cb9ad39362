/// The answer to the question for teams and members.
struct PeopleWire: Decodable, Sendable {
  struct Teams: Decodable, Sendable { var teams: ListWire<TeamWire>? }
  struct Members: Decodable, Sendable { var membersWithRole: ListWire<MemberWire>? }
  var teamsOf: Teams?
  var membersOf: Members?
}

struct TeamWire: Decodable, Sendable {
  struct Parent: Decodable, Sendable { var slug: String? }
  var id: String
  var slug: String?
  var name: String?
  var parentTeam: Parent?
  var members: ListWire<ActorWire>?
}

struct MemberWire: Decodable, Sendable {
  var id: String
  var login: String?
  var name: String?
  var email: String?
}
