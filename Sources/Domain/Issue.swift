/// A ticket.
public struct Issue: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: SourceID
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// Its number in the repository.
  public var number: Int
  /// Whether it is open.
  public var state: State
  /// The title, one line.
  public var title: String
  /// Who opened it; `nil` for a deleted account.
  public var author: Login?
  /// When it was opened.
  public var createdAt: Date
  /// When anything about it changed last: the version of this record.
  public var updatedAt: Date
  /// When it was closed.
  public var closedAt: Date?
  /// The names of its labels.
  public var labels: [String]
  /// The number of comments.
  public var commentCount: Int?
  /// What its title and text name: commits (7 to 40 hexadecimal digits) and changes (`#12`), at most
  /// ``maximumMentions``; `nil` where the text was not read.
  public var mentions: [String]?

  /// The most mentions that are kept of one ticket.
  public static let maximumMentions = 20

  /// Whether a ticket is open.
  public enum State: String, Hashable, Sendable, Codable {
    /// To be done.
    case open
    /// Done or dropped.
    case closed
  }

  /// Makes an issue.
  public init(
    id: SourceID, repositoryID: RepositoryID, number: Int, state: State, title: String, author: Login?, createdAt: Date,
    updatedAt: Date, closedAt: Date?, labels: [String], commentCount: Int? = nil, mentions: [String]? = nil
  ) {
    self.id = id
    self.repositoryID = repositoryID
    self.number = number
    self.state = state
    self.title = title
    self.author = author
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.closedAt = closedAt
    self.labels = labels
    self.commentCount = commentCount
    self.mentions = mentions
  }
}
