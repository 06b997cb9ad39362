public import KoalrCodeOwnersParser

/// Files that nobody owns, those first whose changes happen and reach users most.
///
/// A folder without any owned file is one gap; no gap is larger than a folder of the top level. Files that no rule matches are gaps;
/// files of a rule that names nobody were left without owners on purpose, and are kept apart.
public struct OwnershipGaps: Hashable, Sendable {
  /// Places that no rule matches, by ``OwnershipGap/exposure``, then by files and path.
  public let unowned: [OwnershipGap]
  /// Places whose rules name nobody, in the same order.
  public let ownerless: [OwnershipGap]
  /// How many files have owners, have no rule, and have a rule that names nobody.
  public let files: Files
  /// The part of the work that went to files without a rule, 0 to 1: of all files changed by commits of people, weighted by age.
  /// `nil` when nobody changed a file that is still there.
  public let unownedWorkShare: Double?

  /// Numbers of files.
  public struct Files: Hashable, Sendable, Codable {
    /// With an owner.
    public var owned = 0
    /// Without a rule.
    public var unowned = 0
    /// With a rule that names nobody.
    public var ownerless = 0

    /// Makes numbers.
    public init(owned: Int = 0, unowned: Int = 0, ownerless: Int = 0) {
      self.owned = owned
      self.unowned = unowned
      self.ownerless = ownerless
    }
  }

  /// Looks for gaps. Costs a look-up of each file, the commits with their files, and the deliveries with theirs.
  ///
  /// - Parameters:
  ///   - file: The CODEOWNERS file; `nil` when the repository has none, so that nobody owns anything.
  ///   - paths: All files of the repository.
  ///   - contributions: Who changed them how often.
  ///   - deliveries: What was deployed; `nil` when nobody knows.
  ///   - directory: Tells the members of teams, who may be suggested as owners.
  public init(
    of file: CodeOwnersFile?, paths: some Sequence<String>, in contributions: Contributions, deliveries: Deliveries? = nil,
    directory: OwnerDirectory = OwnerDirectory()
  ) {
    let map = GapMap(file, paths: paths)
    var tallies = GapTallies(map, contributions)
    if let deliveries { tallies.count(deliveries) }
    let search = LikelyOwnerSearch(file, directory, contributions.people)
    let gaps = map.places.indices.map { tallies.gap(at: $0, search) }
      .sorted { left, right in
        (right.exposure, right.files.count, left.path) < (left.exposure, left.files.count, right.path)
      }
    unowned = gaps.filter { !$0.isOnPurpose }
    ownerless = gaps.filter(\.isOnPurpose)
    files = map.files
    unownedWorkShare = tallies.unownedWorkShare
  }
}

/// A file or folder that nobody owns.
public struct OwnershipGap: Hashable, Sendable {
  /// The path; that of a folder ends in a slash.
  public var path: String
  /// Its files, in the order of their bytes.
  public var files: [String]
  /// Whether a rule says that nobody owns it.
  public var isOnPurpose: Bool
  /// The commits by people that changed a file of it.
  public var commits: Int
  /// Those commits, weighted by age.
  public var churn: Double
  /// The deployments that brought a change of it to users; `nil` when deployments are not known.
  public var deployments: Int?
  /// Those who did most there, at most five.
  public var contributors: [ContributorShare]
  /// Who would be good owners; `nil` when nobody known does enough.
  public var likely: LikelyOwners?

  /// Makes a gap.
  public init(
    path: String, files: [String], isOnPurpose: Bool = false, commits: Int, churn: Double, deployments: Int?,
    contributors: [ContributorShare], likely: LikelyOwners?
  ) {
    self.path = path
    self.files = files
    self.isOnPurpose = isOnPurpose
    self.commits = commits
    self.churn = churn
    self.deployments = deployments
    self.contributors = contributors
    self.likely = likely
  }

  /// Whether it is a folder.
  public var isFolder: Bool { path.utf8.last == UInt8(ascii: "/") }

  /// What gaps are ranked by: (1 + churn) · (1 + deployments). Either one alone raises it, and neither outvotes the other.
  public var exposure: Double { (1 + churn) * (1 + Double(deployments ?? 0)) }
}
