import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// A page of commits of the default branch, newest first: at most 101 connections, one point.
enum HistoryQuery {
  /// The most commits GitHub gives on one page.
  static let maximumPageSize = 100

  /// Where a page begins: in the history of the commit that was the newest when the list began, so that a push moves nothing.
  struct Position {
    var tip: CommitID
    var cursor: String
  }

  static func make(_ repository: Repository, since: Date, size: Int, at position: Position?) -> GraphQLQuery {
    var query = GraphQLQuery("list commits of \(repository.name)")
    let id = query.variable("id", "ID!", .text(repository.id.rawValue))
    let start = query.variable("since", "GitTimestamp!", .text(ISO8601Time.format(max(since, beginning))))
    let count = query.variable("n", "Int!", .number(size))
    let after = position.map { ", after: \(query.variable("after", "String!", .text($0.cursor)))" } ?? ""
    let history = "history(first: \(count), since: \(start)\(after)) { \(DetailPart.pageInfo) nodes { \(fields) } }"
    let commit = "{ ... on Commit { oid \(history) } }"
    let target =
      if let position {
        "tip: object(oid: \(query.variable("tip", "GitObjectID!", .text(position.tip.rawValue)))) \(commit)"
      } else {
        "branch: defaultBranchRef { target \(commit) }"
      }
    query.add("repository: node(id: \(id)) { ... on Repository { id \(target) } }")
    return query
  }

  // Some servers fail on years that cannot be.
  private static let beginning = Date(timeIntervalSince1970: 0)

  // Not the headline, which GitHub cuts.
  private static let fields = """
    oid committedDate message author { name email user { __typename login } } parents(first: 100) { nodes { oid } }
    """
}

/// What comes back.
struct HistoryWire: Decodable, Sendable {
  var repository: RepositoryWithHistory?

  struct RepositoryWithHistory: Decodable, Sendable {
    struct BranchWire: Decodable, Sendable { var target: Tip? }
    var branch: BranchWire?
    var tip: Tip?
  }

  struct Tip: Decodable, Sendable {
    var oid: String?
    var history: ListWire<HistoryCommitWire>?
  }
}

/// A commit as GraphQL sends it.
struct HistoryCommitWire: Sendable {
  struct Author: Decodable, Sendable {
    var name: String?
    var email: String?
    var user: ActorWire?
  }
  var oid: String
  var committedDate: Date?
  var message: String?
  var author: Author?
  var parents: ListWire<CommitWire>?
}

extension HistoryCommitWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    oid = try json.required("oid")
    committedDate = try json.time("committedDate")
    message = try json.text("message")
    author = try json.decoded("author")
    parents = try json.value("parents")
  }
}

/// A file of a commit or pull request as REST sends it.
///
/// Source: docs.github.com, "List pull requests files", "Get a commit".
struct FileWire: Decodable, Sendable {
  var filename: String
  var previousFilename: String?
  var status: String?
  var additions: Int?
  var deletions: Int?

  private enum CodingKeys: String, CodingKey {
    case filename, status, additions, deletions
    case previousFilename = "previous_filename"
  }
}

/// A commit as REST sends it, as far as its files go.
struct CommitFilesWire: Decodable, Sendable {
  var files: [FileWire]?
}
