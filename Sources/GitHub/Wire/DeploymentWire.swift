import KoalrDomain
import KoalrHTTPTransport

/// A deployment as GraphQL sends it.
struct DeploymentWire: Sendable {
  var id: String
  var environment: String?
  var commitOid: String?
  var createdAt: Date?
  var updatedAt: Date?
  var statuses: ListWire<DeploymentStatusWire>?
}

extension DeploymentWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    environment = try json.text("environment")
    commitOid = try json.text("commitOid")
    createdAt = try json.time("createdAt")
    updatedAt = try json.time("updatedAt")
    statuses = try json.value("statuses")
  }
}

struct DeploymentStatusWire: Sendable {
  var state: String?
  var createdAt: Date?
}

extension DeploymentStatusWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    state = try json.text("state")
    createdAt = try json.time("createdAt")
  }
}
