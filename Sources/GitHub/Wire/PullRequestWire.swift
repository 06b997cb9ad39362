import KoalrDomain

/// A pull request as GraphQL sends it. Only its id is certain: real answers hold nulls where the schema forbids them.
struct PullRequestWire: Decodable, Sendable {
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

/// Somebody who acts: a user, a bot, a placeholder for an account elsewhere.
struct ActorWire: Decodable, Sendable {
  var __typename: String?
  var login: String?
}

struct CommitWire: Decodable, Sendable {
  var oid: String?
}

struct ReviewWire: Decodable, Sendable {
  var id: String
  var state: String?
  var submittedAt: Date?
  var author: ActorWire?
}

/// A comment, in the conversation or on a line.
struct CommentWire: Decodable, Sendable {
  var id: String
  var createdAt: Date?
  var author: ActorWire?
}

/// Comments on one place of a file.
struct ReviewThreadWire: Decodable, Sendable {
  var id: String
  var path: String?
  var comments: ListWire<CommentWire>?
}

struct LabelWire: Decodable, Sendable {
  var name: String?
}

/// The checks and statuses of a commit.
struct CheckRollupWire: Decodable, Sendable {
  var state: String?
  var contexts: ListWire<CheckContextWire>?
}

/// A check run (`name`, `status`, `conclusion`, `completedAt`) or a commit status (`context`, `state`, `createdAt`).
struct CheckContextWire: Decodable, Sendable {
  var name: String?
  var status: String?
  var conclusion: String?
  var completedAt: Date?
  var context: String?
  var state: String?
  var createdAt: Date?
}
