public import KoalrDomain

/// Where commits and their files come from: the `git` program, or the code host's own API.
///
/// *Using one:* ask for one repository's window; batches arrive in the closure, which is awaited before reading goes on.
/// *Writing one:* send newest commits first, never more than ``HistoryRequest/batchSize`` at once, and say in the summary what
/// could not be read. Absence of a program or a network is an ``IntegrationError``, never a crash.
public protocol HistorySource: Sendable {
  /// Reads one repository's window and hands it over in batches.
  ///
  /// - Returns: what could not be read.
  /// - Throws: ``IntegrationError``, `CancellationError`, or what `receive` throws.
  func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary
}

/// What to read of one repository's history.
public struct HistoryRequest: Sendable {
  /// The repository; its `cloneURL` says where to read from.
  public var repository: Repository
  /// Commits before this do not matter.
  public var since: Date
  /// Changes whose files are wanted.
  public var changes: [ChangeRange]
  /// Whether merges and squash merges are to be reported as changes, because no code host tells of any.
  public var derivesChanges: Bool
  /// The most commits in one batch.
  public var batchSize: Int
  /// Says whether a commit's files are stored already, for sources that every file list costs something: they may leave those out.
  public var hasFiles: @Sendable (CommitID) async throws -> Bool

  /// Makes a request.
  public init(
    repository: Repository, since: Date, changes: [ChangeRange] = [], derivesChanges: Bool = false, batchSize: Int = 500,
    hasFiles: @escaping @Sendable (CommitID) async throws -> Bool = { _ in false }
  ) {
    self.repository = repository
    self.since = since
    self.changes = changes
    self.derivesChanges = derivesChanges
    self.batchSize = batchSize
    self.hasFiles = hasFiles
  }
}

/// The two ends of a change.
public struct ChangeRange: Sendable, Hashable {
  /// The change.
  public var id: ChangeID
  /// Its pull-request number.
  public var number: Int?
  /// The commit of the target branch it was compared with.
  public var baseSHA: CommitID
  /// The newest commit of its branch.
  public var headSHA: CommitID
  /// The commit it was merged as; a source may take its files from the change's.
  public var mergeSHA: CommitID?

  /// Makes a range.
  public init(id: ChangeID, number: Int?, baseSHA: CommitID, headSHA: CommitID, mergeSHA: CommitID? = nil) {
    self.id = id
    self.number = number
    self.baseSHA = baseSHA
    self.headSHA = headSHA
    self.mergeSHA = mergeSHA
  }
}

/// A part of a history.
public struct HistoryBatch: Sendable {
  /// Commits of the window on the default branch, merged branches included, newest first.
  public var commits: [Commit]
  /// Files of changes that were asked for.
  public var changeFiles: [ChangeID: [ChangedFile]]
  /// Changes found in the history, with their files.
  public var changes: [Change]

  /// Makes a batch.
  public init(commits: [Commit] = [], changeFiles: [ChangeID: [ChangedFile]] = [:], changes: [Change] = []) {
    self.commits = commits
    self.changeFiles = changeFiles
    self.changes = changes
  }
}

/// How reading a history ended.
public struct HistorySummary: Sendable, Hashable {
  /// The newest commit that was read; `nil` for an empty repository.
  public var headSHA: CommitID?
  /// Files of changes that could not be read, and why.
  public var unreadChanges: [ChangeID: String]
  /// Anything else that is missing.
  public var gaps: [SourceGap]

  /// Makes a summary.
  public init(headSHA: CommitID?, unreadChanges: [ChangeID: String] = [:], gaps: [SourceGap] = []) {
    self.headSHA = headSHA
    self.unreadChanges = unreadChanges
    self.gaps = gaps
  }
}

extension SourceGap {
  /// A gap that concerns a repository.
  public init(_ what: String, of repository: Repository, why: String) {
    self.init(what: "\(what) of \(repository.name)", why: why)
  }
}
