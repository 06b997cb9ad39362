import KoalrDomain

/// An issue as GraphQL sends it.
struct IssueWire: Decodable, Sendable {
  var id: String
  var number: Int?
  var title: String?
  var state: String?
  var createdAt: Date?
  var updatedAt: Date?
  var closedAt: Date?
  var author: ActorWire?
  var comments: CountWire?
  var labels: CountWire?
}
