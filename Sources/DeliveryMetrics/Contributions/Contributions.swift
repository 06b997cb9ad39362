public import KoalrCodeOwnersParser
public import KoalrDomain

/// Who changed which files of a repository within a window of time, with renames followed and people told apart.
///
/// A file that was renamed has the commits of its former names. Merges count for nothing, because the commits that they bring in are
/// counted themselves. Commits by bots are kept for what is delivered and count as nobody's work.
public struct Contributions: Sendable {
  /// The time whose commits count.
  public let window: ContributionWindow
  /// How many commits by people have files.
  public let commitCount: Int
  /// How many commits of the window had no files to read, and count nowhere.
  public let commitsWithoutFiles: Int
  /// How many changed files were left out because a limit of the recorder was reached.
  public let filesLeftOut: Int

  /// The paths of all changed files, as they are called at the end of the window, in the order of their bytes.
  let paths: [String]
  /// Oldest first; merges, which have no paths, included.
  let works: [Work]
  let people: [Person]
  /// The account behind an address that some commit has.
  let accounts: [String: Login]
  private let touches: [PathID]
  /// The places in which commits were recorded, and for each of those its place in ``works``.
  private let recorded: [CommitID: Int32]
  private let ranks: [Int]

  /// One commit.
  struct Work: Sendable {
    var time: Date
    var weight: Double
    /// The person; `nil` for a program.
    var person: Int?
    var parents: [CommitID]
    var touches: Range<Int>
  }

  /// Makes them of commits in any order. To keep the commits out of memory, feed a ``ContributionRecorder`` instead.
  ///
  /// - Parameters:
  ///   - commits: The commits with their files.
  ///   - window: The time whose commits count.
  ///   - directory: Tells the accounts behind addresses.
  public init(
    of commits: some Sequence<Commit>, window: ContributionWindow, directory: OwnerDirectory = OwnerDirectory()
  ) {
    var recorder = ContributionRecorder(window: window)
    for commit in commits { recorder.add(commit) }
    self = recorder.contributions(directory: directory)
  }

  init(_ recorder: ContributionRecorder, directory: OwnerDirectory) {
    let order = recorder.commits.indices.sorted { left, right in
      (recorder.commits[left].time, recorder.commits[left].sha) < (recorder.commits[right].time, recorder.commits[right].sha)
    }
    let trail = RenameTrail(recorder, order: order)
    let census = Census(recorder, order: order, directory: directory)
    window = recorder.window
    commitsWithoutFiles = recorder.commitsWithoutFiles
    filesLeftOut = recorder.filesLeftOut
    paths = trail.paths
    touches = trail.touches
    people = census.people
    accounts = census.accounts
    works = zip(order, trail.ranges).map { place, range in
      let commit = recorder.commits[place]
      return Work(
        time: commit.time, weight: recorder.window.weight(at: commit.time), person: census.personOf[Int(commit.author)],
        parents: commit.parents, touches: range)
    }
    commitCount = works.count { $0.person != nil && !$0.touches.isEmpty }
    recorded = recorder.places
    var ranks = order
    for (rank, place) in order.enumerated() { ranks[place] = rank }
    self.ranks = ranks
  }

  /// The paths that a commit changed, each once.
  func paths(of work: Work) -> ArraySlice<PathID> { touches[work.touches] }

  /// The place of a commit in ``works``.
  func place(of sha: CommitID) -> Int? { recorded[sha].map { ranks[Int($0)] } }
}

extension ContributionRecorder {
  /// Returns what was taken in so far. Costs a sort of the commits and of the paths.
  ///
  /// - Parameter directory: Tells the accounts behind addresses.
  public func contributions(directory: OwnerDirectory = OwnerDirectory()) -> Contributions {
    Contributions(self, directory: directory)
  }
}
