public import KoalrDomain

/// What a repository's history says about a change, from before the change landed.
public struct HistoryEvidence: Hashable, Sendable {
  /// How many commits the index had seen, merges apart.
  public var commitsRead: Int
  /// The time of the oldest of them.
  public var since: Date?
  /// The files of the change, in its order.
  public var files: [FileHistory]
  /// How many of those commits are the author's, or why that cannot be told.
  public var authorCommits: Evidence<Int>
  /// How often work on the files was followed by a failure, or why that cannot be told.
  public var failures: Evidence<AreaFailures>

  /// Makes the evidence.
  public init(
    commitsRead: Int, since: Date?, files: [FileHistory], authorCommits: Evidence<Int>, failures: Evidence<AreaFailures>
  ) {
    self.commitsRead = commitsRead
    self.since = since
    self.files = files
    self.authorCommits = authorCommits
    self.failures = failures
  }
}

/// What history says about one file of a change.
public struct FileHistory: Hashable, Sendable {
  /// The path in the change.
  public var path: String
  /// Whether the change makes it.
  public var isNew: Bool
  /// How many earlier commits touched it; 0 when the index has none.
  public var commits: Int
  /// How many of them are by the author of the change; `nil` when the author is not known.
  public var authorCommits: Int?
  /// The earlier commits, each counting half after the churn half-life.
  public var recentCommits: Double

  /// Makes a file's history.
  public init(path: String, isNew: Bool, commits: Int, authorCommits: Int?, recentCommits: Double) {
    self.path = path
    self.isNew = isNew
    self.commits = commits
    self.authorCommits = authorCommits
    self.recentCommits = recentCommits
  }
}

/// How often work on a place was followed by a failure: the place with the highest rate among those a change touches.
public struct AreaFailures: Hashable, Sendable {
  /// The file or folder (with a slash at its end); empty for the whole repository.
  public var place: String
  /// Failures on record there.
  public var failures: Int
  /// Commits on record there.
  public var commits: Int
  /// Failures on record in the whole repository.
  public var repositoryFailures: Int
  /// Commits on record in the whole repository.
  public var repositoryCommits: Int
  /// The estimated share of commits there that a failure follows, 0 to 1, drawn towards the rate of the folder above.
  public var rate: Double

  /// Makes the figures of a place.
  public init(
    place: String, failures: Int, commits: Int, repositoryFailures: Int, repositoryCommits: Int, rate: Double
  ) {
    self.place = place
    self.failures = failures
    self.commits = commits
    self.repositoryFailures = repositoryFailures
    self.repositoryCommits = repositoryCommits
    self.rate = rate
  }
}
