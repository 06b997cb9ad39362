extension Truth {
  /// A pull request.
  public struct Pull: Decodable, Sendable {
    /// The number in its repository.
    public var number: Int
    /// The id that GitHub's GraphQL gives.
    public var nodeId: String
    /// The title.
    public var title: String
    /// `OPEN`, `CLOSED` or `MERGED`.
    public var state: String
    /// Whether it is not ready for review.
    public var draft: Bool
    /// When it was opened.
    public var created: String
    /// When anything about it changed last.
    public var updated: String
    /// When it was closed or merged.
    public var closed: String?
    /// When it was merged.
    public var merged: String?
    /// Whether a sync of the window has it.
    public var inWindow: Bool
    /// The account of the author, `ghost` when it no longer exists.
    public var author: String
    /// The commit it is compared with.
    public var base: String
    /// Its newest commit.
    public var head: String
    /// The commit it was merged as.
    public var mergeCommit: String?
    /// Lines added.
    public var additions: Int
    /// Lines removed.
    public var deletions: Int
    /// The files it changes.
    public var files: [File]
    /// The names of its labels.
    public var labels: [String]
    /// The reviews, oldest first.
    public var reviews: [Review]
    /// How many comments the conversation has.
    public var comments: Int
    /// How many comments the reviews have.
    public var reviewComments: Int
    /// How many reactions it has; they are no comments.
    public var reactions: Int
    /// Where its branch lies: `same` repository or `fork`; null when that was deleted.
    public var headRepository: String?
    /// The packages it adds, each with its version.
    public var addedDependencies: [[String]]
    /// All checks of the head in one word: `SUCCESS`, `FAILURE` or `PENDING`.
    public var checks: String
    /// The state of each commit status by its context.
    public var statuses: [String: String]
    /// What the coverage service says; null where it does not know the pull request.
    public var coverage: ChangeCoverage?
  }

  /// A review of a pull request.
  public struct Review: Decodable, Sendable {
    /// The id that GitHub's GraphQL gives.
    public var nodeId: String
    /// The account of the reviewer, `ghost` when it no longer exists.
    public var author: String
    /// GitHub's name of the verdict.
    public var state: String
    /// When it was given.
    public var submitted: String?
  }

  /// A file that a commit or a pull request changes.
  public struct File: Decodable, Sendable {
    /// Where it is afterwards; for one that is removed, where it was.
    public var path: String
    /// `added`, `modified`, `removed` or `renamed`.
    public var status: String
    /// Lines added.
    public var additions: Int
    /// Lines removed.
    public var deletions: Int
    /// Where it was before, when it moved.
    public var previous: String?
  }

  /// A commit of the default branch.
  public struct Commit: Decodable, Sendable {
    /// Its id.
    public var sha: String
    /// When it was committed.
    public var committed: String
    /// The account of the author, `ghost` when it no longer exists.
    public var author: String
    /// The author's address.
    public var email: String
    /// The commits it follows; two for a merge.
    public var parents: [String]
    /// The first line of the message.
    public var headline: String
    /// The files it changes, of a merge those against its first parent.
    public var files: [File]
  }
}
