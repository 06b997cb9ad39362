import KoalrDomain
import KoalrHTTPTransport

/// A pull request as GraphQL sends it. Only its id is certain: real answers hold nulls where the schema forbids them.
struct PullRequestWire: Sendable {
  var id: String
  var number: Int?
  var title: String?
  var state: String?
  var isDraft: Bool?
  var createdAt: Date?
  var updatedAt: Date?
  var closedAt: Date?
  var mergedAt: Date?
  var baseRefName: String?
  var baseRefOid: String?
  var headRefName: String?
  var headRefOid: String?
  var isCrossRepository: Bool?
  var additions: Int?
  var deletions: Int?
  var changedFiles: Int?
  var totalCommentsCount: Int?
  var author: ActorWire?
  var mergeCommit: CommitWire?
  var reviews: CountWire?
  var comments: CountWire?
  var reviewThreads: CountWire?
  var labels: CountWire?
  var statusCheckRollup: CheckRollupWire?
}

extension PullRequestWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    number = try json.number("number")
    title = try json.text("title")
    state = try json.text("state")
    isDraft = try json.flag("isDraft")
    createdAt = try json.time("createdAt")
    updatedAt = try json.time("updatedAt")
    closedAt = try json.time("closedAt")
    mergedAt = try json.time("mergedAt")
    baseRefName = try json.text("baseRefName")
    baseRefOid = try json.text("baseRefOid")
    headRefName = try json.text("headRefName")
    headRefOid = try json.text("headRefOid")
    isCrossRepository = try json.flag("isCrossRepository")
    additions = try json.number("additions")
    deletions = try json.number("deletions")
    changedFiles = try json.number("changedFiles")
    totalCommentsCount = try json.number("totalCommentsCount")
    author = try json.value("author")
    mergeCommit = try json.value("mergeCommit")
    reviews = try json.value("reviews")
    comments = try json.value("comments")
    reviewThreads = try json.value("reviewThreads")
    labels = try json.value("labels")
    statusCheckRollup = try json.value("statusCheckRollup")
  }
}

/// Somebody who acts: a user, a bot, a placeholder for an account elsewhere.
struct ActorWire: Sendable {
  var __typename: String?
  var login: String?
}

extension ActorWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    __typename = try json.text("__typename")
    login = try json.text("login")
  }
}

struct CommitWire: Sendable {
  var oid: String?
}

extension CommitWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    oid = try json.text("oid")
  }
}

struct ReviewWire: Sendable {
  var id: String
  var state: String?
  var submittedAt: Date?
  var author: ActorWire?
}

extension ReviewWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    state = try json.text("state")
    submittedAt = try json.time("submittedAt")
    author = try json.value("author")
  }
}

/// A comment, in the conversation or on a line.
struct CommentWire: Sendable {
  var id: String
  var createdAt: Date?
  var author: ActorWire?
}

extension CommentWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    createdAt = try json.time("createdAt")
    author = try json.value("author")
  }
}

/// Comments on one place of a file.
struct ReviewThreadWire: Sendable {
  var id: String
  var path: String?
  var comments: ListWire<CommentWire>?
}

extension ReviewThreadWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    path = try json.text("path")
    comments = try json.value("comments")
  }
}

struct LabelWire: Sendable {
  var name: String?
}

extension LabelWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    name = try json.text("name")
  }
}

/// The checks and statuses of a commit.
struct CheckRollupWire: Sendable {
  var state: String?
  var contexts: ListWire<CheckContextWire>?
}

extension CheckRollupWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    state = try json.text("state")
    contexts = try json.value("contexts")
  }
}

/// A check run (`name`, `status`, `conclusion`, `completedAt`) or a commit status (`context`, `state`, `createdAt`).
struct CheckContextWire: Sendable {
  var name: String?
  var status: String?
  var conclusion: String?
  var completedAt: Date?
  var context: String?
  var state: String?
  var createdAt: Date?
}

extension CheckContextWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    name = try json.text("name")
    status = try json.text("status")
    conclusion = try json.text("conclusion")
    completedAt = try json.time("completedAt")
    context = try json.text("context")
    state = try json.text("state")
    createdAt = try json.time("createdAt")
  }
}
