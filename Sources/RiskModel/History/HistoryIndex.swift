public import KoalrDomain

/// Who changed which file how often, and what followed: updated commit by commit, never recomputed.
///
/// Feed commits, failures and questions in the order things happened; an answer knows nothing but what was fed before it, so that
/// nothing from the future leaks into a score. ``Landing/sequence(of:head:)`` gives the order in which commits reached the
/// default branch: ask for a change's evidence just before its landing is fed, and its own commits are not counted as
/// experience with its files.
///
/// Merge commits count for nothing, because the commits they bring in are counted themselves. Adding a commit costs its number of
/// files times the depth of their folders; an answer costs the same. Memory grows with the number of distinct paths, up to
/// ``maximumPaths``, and of their authors, up to ``maximumAuthorsPerFile`` each.
public struct HistoryIndex: Sendable {
  /// How many files and folders are told apart; work on more of them is counted for the repository only.
  public static let maximumPaths = 1_000_000
  /// How many folders above a file are told apart; deeper ones count with the last of them.
  public static let maximumFolderDepth = 32
  /// How many authors of one file are told apart.
  public static let maximumAuthorsPerFile = 256

  /// How fast what happened long ago stops to count.
  public let decay: HistoryDecay
  /// Why failures cannot be known, for a host that reads no source of them; `nil` when they are fed.
  public var failuresAbsence: String?
  /// How many commits were fed, merges apart.
  public private(set) var commitsRead = 0
  /// The time of the oldest commit fed.
  public private(set) var since: Date?

  private var places: PlaceTree
  private var authors = AuthorDirectory()

  /// Makes an index that has seen nothing.
  public init(decay: HistoryDecay = HistoryDecay(), failuresAbsence: String? = nil) {
    self.decay = decay
    self.failuresAbsence = failuresAbsence
    places = PlaceTree(decay: decay)
  }

  /// Counts a commit that reached the default branch. Merges are left out; a commit whose files are not known counts for its
  /// author only.
  public mutating func add(_ commit: Commit) {
    guard !commit.isMerge else { return }
    commitsRead += 1
    since = min(since ?? commit.committedAt, commit.committedAt)
    let author = authors.record(login: commit.author, email: commit.authorEmail)
    places.record(commit.files ?? [], by: author, at: commit.committedAt)
  }

  /// Counts a failure (an incident, a failed deployment, a revert) that is blamed on work on these files.
  public mutating func addFailure(files: [String], at time: Date) {
    places.recordFailure(paths: files, at: time)
  }

  /// Returns what is known so far about the files and the author of a change.
  public func evidence(for change: Change, at time: Date) -> HistoryEvidence {
    let author = authors.identify(login: change.author, email: change.authorEmail)
    let files = (change.files ?? []).map { places.history(of: $0, by: author.value, at: time) }
    return HistoryEvidence(
      commitsRead: commitsRead, since: since, files: files, authorCommits: authorCommits(author),
      failures: failures(of: change.files ?? [], at: time))
  }

  private func authorCommits(_ author: Evidence<AuthorDirectory.Person>) -> Evidence<Int> {
    switch author {
    case .known(let person): .known(person.commits)
    case .missing(let reason): .missing(reason: reason)
    }
  }

  private func failures(of files: [ChangedFile], at time: Date) -> Evidence<AreaFailures> {
    if let failuresAbsence { return .missing(reason: failuresAbsence) }
    guard commitsRead > 0 else { return .missing(reason: "no commit of the window landed before it") }
    return .known(places.worstFailures(of: files, at: time))
  }
}
