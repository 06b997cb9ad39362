import KoalrDomain

/// A deployment as GraphQL sends it.
struct DeploymentWire: Decodable, Sendable {
  var id: String
  var environment: String?
  var commitOid: String?
  var createdAt: Date?
  var updatedAt: Date?
  var statuses: ListWire<DeploymentStatusWire>?
}

struct DeploymentStatusWire: Decodable, Sendable {
  var state: String?
  var createdAt: Date?
}
