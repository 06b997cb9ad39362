/// A unit of work that reaches, or wants to reach, the default branch: a pull request, or a merge found in history.
///
/// The parts that come from separate questions (`files`, `reviews`, `comments`, `checks`, `labels`) are `nil` until their source
/// was asked; an empty array says that there are none.
public struct Change: Hashable, Sendable, Codable {
  /// The source's stable id.
  public var id: ChangeID
  /// The repository it belongs to.
  public var repositoryID: RepositoryID
  /// The pull-request number; `nil` for a merge without one.
  public var number: Int?
  /// The title, one line.
  public var title: String
  /// Whether it is open, merged, or closed without a merge.
  public var state: State
  /// The account that opened it; `nil` when it is unknown or was deleted.
  public var author: Login?
  /// The author's name where only git knows it.
  public var authorName: String?
  /// The author's address where only git knows it.
  public var authorEmail: String?
  /// When it was opened; `nil` when only the merge is known.
  public var createdAt: Date?
  /// When anything about it changed last: the version of this record.
  public var updatedAt: Date
  /// When it was merged.
  public var mergedAt: Date?
  /// When it was closed, merged or not.
  public var closedAt: Date?
  /// The newest commit of its branch.
  public var headSHA: CommitID?
  /// The commit of the target branch it was compared with.
  public var baseSHA: CommitID?
  /// The commit that brought it into the target branch.
  public var mergeSHA: CommitID?
  /// The target branch's name.
  public var baseBranch: String?
  /// The name of its own branch, whose newest commit is ``headSHA``; `nil` when only git tells of the change.
  public var headBranch: String?
  /// Whether its own branch lies in another repository than the target branch.
  public var fromFork: Bool?
  /// Whether it is a draft.
  public var draft: Bool
  /// Lines added, as the host counts them.
  public var additions: Int?
  /// Lines deleted, as the host counts them.
  public var deletions: Int?
  /// The number of files it touches, as the host counts them.
  public var changedFiles: Int?
  /// The number of comments, those on lines included.
  public var commentCount: Int?
  /// The names of its labels.
  public var labels: [String]?
  /// The files it touches, against the merge base.
  public var files: [ChangedFile]?
  /// Its reviews, oldest first.
  public var reviews: [Review]?
  /// Its comments, oldest first.
  public var comments: [Comment]?
  /// The checks and statuses of its newest commit.
  public var checks: [Check]?

  /// Whether a change is open, merged, or closed without a merge.
  public enum State: String, Hashable, Sendable, Codable {
    /// Not decided yet.
    case open
    /// In the target branch.
    case merged
    /// Given up.
    case closed
  }

  /// Makes a change.
  public init(
    id: ChangeID, repositoryID: RepositoryID, number: Int?, title: String, state: State, author: Login? = nil,
    authorName: String? = nil, authorEmail: String? = nil, createdAt: Date?, updatedAt: Date, mergedAt: Date? = nil,
    closedAt: Date? = nil, headSHA: CommitID? = nil, baseSHA: CommitID? = nil, mergeSHA: CommitID? = nil,
    baseBranch: String? = nil, headBranch: String? = nil, fromFork: Bool? = nil, draft: Bool = false, additions: Int? = nil,
    deletions: Int? = nil, changedFiles: Int? = nil, commentCount: Int? = nil, labels: [String]? = nil,
    files: [ChangedFile]? = nil, reviews: [Review]? = nil, comments: [Comment]? = nil, checks: [Check]? = nil
  ) {
    self.id = id
    self.repositoryID = repositoryID
    self.number = number
    self.title = title
    self.state = state
    self.author = author
    self.authorName = authorName
    self.authorEmail = authorEmail
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.mergedAt = mergedAt
    self.closedAt = closedAt
    self.headSHA = headSHA
    self.baseSHA = baseSHA
    self.mergeSHA = mergeSHA
    self.baseBranch = baseBranch
    self.headBranch = headBranch
    self.fromFork = fromFork
    self.draft = draft
    self.additions = additions
    self.deletions = deletions
    self.changedFiles = changedFiles
    self.commentCount = commentCount
    self.labels = labels
    self.files = files
    self.reviews = reviews
    self.comments = comments
    self.checks = checks
  }

  /// The moment its evidence is taken at: when it was merged or closed, or `nil` while it is open.
  public var decidedAt: Date? { mergedAt ?? closedAt }

  /// What a person calls it inside its repository: `#12`, or `#` and twelve digits of the merge commit.
  public var label: String {
    if let number { return "#\(number)" }
    return "#\((mergeSHA ?? headSHA)?.short ?? id.rawValue)"
  }
}

/// One file of a change or commit.
public struct ChangedFile: Hashable, Sendable, Codable {
  /// The path after the change, or before it for a removed file; relative to the repository, no leading slash.
  public var path: String
  /// The path before the change, for a renamed file.
  public var previousPath: String?
  /// What happened to it, in GitHub's words.
  public var status: Status
  /// Lines added; 0 for a binary file, `nil` when not known.
  public var additions: Int?
  /// Lines deleted; 0 for a binary file, `nil` when not known.
  public var deletions: Int?

  /// What happened to a file, in GitHub's words.
  public enum Status: String, Hashable, Sendable, Codable {
    /// New.
    case added
    /// Changed in place.
    case modified
    /// Gone.
    case removed
    /// Moved, perhaps with edits.
    case renamed
  }

  /// Makes a changed file.
  public init(path: String, previousPath: String? = nil, status: Status, additions: Int?, deletions: Int?) {
    self.path = path
    self.previousPath = previousPath
    self.status = status
    self.additions = additions
    self.deletions = deletions
  }
}
