import KoalrDomain
import KoalrHTTPTransport

/// An issue as GraphQL sends it.
struct IssueWire: Sendable {
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

extension IssueWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    number = try json.number("number")
    title = try json.text("title")
    state = try json.text("state")
    createdAt = try json.time("createdAt")
    updatedAt = try json.time("updatedAt")
    closedAt = try json.time("closedAt")
    author = try json.value("author")
    comments = try json.value("comments")
    labels = try json.value("labels")
  }
}
