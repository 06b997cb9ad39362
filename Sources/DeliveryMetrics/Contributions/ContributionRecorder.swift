public import KoalrDomain

/// Takes in commits one by one and keeps what metrics of ownership need: a few hundred bytes a commit, 4 a file of it, and each
/// path once.
///
/// ```swift
/// var recorder = ContributionRecorder(window: ContributionWindow(until: now))
/// for commit in commits { recorder.add(commit) }
/// let drift = OwnershipDrift(of: file, in: recorder.contributions(directory: people), directory: people)
/// ```
///
/// The order does not matter, and a commit that comes again counts once.
public struct ContributionRecorder: Sendable {
  /// How many changed files are kept, over all commits; further ones are left out and counted.
  public static let maximumTouches = 20_000_000
  /// How many paths are told apart; further ones are left out and counted.
  public static let maximumPaths = 2_000_000
  /// Accounts and addresses of widespread programs whose names do not end in `[bot]`: what GitHub commits in nobody's name, its
  /// actions, Renovate and Snyk.
  public static let commonAutomation: Set = [
    "renovate-bot", "snyk-bot", "noreply@github.com", "actions@github.com", "bot@renovateapp.com",
    "renovate@whitesourcesoftware.com",
  ]

  /// The time whose commits count.
  public let window: ContributionWindow
  /// The changed files that were left out because a limit was reached.
  public private(set) var filesLeftOut = 0
  /// The commits of the window whose files could not be read, and which therefore count nowhere.
  public private(set) var commitsWithoutFiles = 0

  private(set) var commits: [RecordedCommit] = []
  private(set) var touches: [PathID] = []
  private(set) var renames: [Rename] = []
  private(set) var paths: [String] = []
  private(set) var authors: AuthorTable
  private(set) var places: [CommitID: Int32] = [:]
  private var idOfPath: [String: PathID] = [:]

  /// Makes a recorder that has seen nothing.
  ///
  /// - Parameters:
  ///   - window: The time whose commits count.
  ///   - automation: Accounts and addresses of programs whose names do not end in `[bot]`. Where no account is known, an author
  ///     who is called like one of the accounts is one, too. A set of one's own stands in place of ``commonAutomation``.
  public init(window: ContributionWindow, automation: Set<String> = commonAutomation) {
    self.window = window
    authors = AuthorTable(automation: automation)
  }

  /// Takes in a commit; one outside the window is passed over. Costs its files.
  public mutating func add(_ commit: Commit) {
    guard window.contains(commit.committedAt), places[commit.sha] == nil else { return }
    places[commit.sha] = Int32(commits.count)
    var record = RecordedCommit(
      sha: commit.sha, time: commit.committedAt, parents: commit.parents, author: authors.record(commit),
      touches: touches.count..<touches.count, renames: renames.count..<renames.count)
    // What a merge brings in is counted by the commits themselves.
    if !commit.isMerge {
      if commit.files == nil { commitsWithoutFiles += 1 }
      commit.files?.forEach { add($0) }
      record.touches = record.touches.lowerBound..<touches.count
      record.renames = record.renames.lowerBound..<renames.count
    }
    commits.append(record)
  }

  private mutating func add(_ file: ChangedFile) {
    guard touches.count < Self.maximumTouches, let path = id(of: file.path) else {
      filesLeftOut += 1
      return
    }
    touches.append(path)
    if file.status == .renamed, let previous = file.previousPath.flatMap({ id(of: $0) }) {
      renames.append(Rename(from: previous, to: path))
    }
  }

  private mutating func id(of path: String) -> PathID? {
    if let id = idOfPath[path] { return id }
    guard paths.count < Self.maximumPaths else { return nil }
    let id = PathID(paths.count)
    idOfPath[path] = id
    paths.append(path)
    return id
  }
}

typealias PathID = Int32

struct RecordedCommit: Sendable {
  var sha: CommitID
  var time: Date
  var parents: [CommitID]
  var author: AuthorTable.SignatureID
  /// Its files, as places in the recorder's list.
  var touches: Range<Int>
  var renames: Range<Int>
}

struct Rename: Sendable {
  var from: PathID
  var to: PathID
}
