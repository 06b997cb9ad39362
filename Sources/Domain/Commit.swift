/// A commit on the default branch with the files it changed against its first parent.
public struct Commit: Hashable, Sendable, Codable {
  /// The commit's name.
  public var sha: CommitID
  /// The repository it was read from.
  public var repositoryID: RepositoryID
  /// The author's account; `nil` when the address belongs to no known one.
  public var author: Login?
  /// The author's name, as git has it.
  public var authorName: String
  /// The author's address, as git has it.
  public var authorEmail: String
  /// When it was committed.
  public var committedAt: Date
  /// Its parents; more than one for a merge.
  public var parents: [CommitID]
  /// The first line of its message.
  public var subject: String
  /// The commit that it says it reverts.
  public var reverts: CommitID?
  /// The files it changed against its first parent; `nil` when they could not be read.
  public var files: [ChangedFile]?

  /// Makes a commit.
  public init(
    sha: CommitID, repositoryID: RepositoryID, author: Login? = nil, authorName: String, authorEmail: String, committedAt: Date,
    parents: [CommitID], subject: String, reverts: CommitID? = nil, files: [ChangedFile]?
  ) {
    self.sha = sha
    self.repositoryID = repositoryID
    self.author = author
    self.authorName = authorName
    self.authorEmail = authorEmail
    self.committedAt = committedAt
    self.parents = parents
    self.subject = subject
    self.reverts = reverts
    self.files = files
  }

  /// Whether it joins branches.
  public var isMerge: Bool { parents.count > 1 }
}
