import KoalrCore

/// What makes one repository of the sample different from the others.
struct SampleStory {
  var name: String
  var language: String?
  /// The ending of its source files.
  var ending = ""
  var team = "platform"
  var areas: [Area] = []
  /// Changes opened in the window.
  var changes = 0
  /// Those of them that are open, beside the ones whose time has not come.
  var undecided = 0
  var merges: Merging = .squash
  var codeOwners: CodeOwners = .at(".github/CODEOWNERS")
  /// Of merged changes, those that are deployed; none means that it is not deployed at all.
  var deployed = 0.0
  /// Multiplies the chance that a deployment fails.
  var fragility = 1.0
  /// Share of merges that nobody reviewed.
  var unreviewed = 0.08
  var coverage: Coverage?
  /// Whether an incident tool tells of its incidents, instead of labelled tickets.
  var isPaged = false
  var visibility: Repository.Visibility = .private
  var isFork = false
  /// Days before now on which it was archived.
  var archived: Int?

  enum Merging { case merge, squash }

  enum CodeOwners {
    case none
    case at(String)
    /// With a line that names a team which does not exist.
    case broken(String)
  }

  /// A folder with a team that looks after it.
  struct Area {
    var folder: String
    var team: String
    var words: [String]
    /// Coverage of its files; the repository's own when `nil`.
    var covered: Double?

    init(_ folder: String, _ team: String, _ words: String, covered: Double? = nil) {
      self.folder = folder
      self.team = team
      self.words = words.split(separator: " ").map(String.init)
      self.covered = covered
    }
  }

  /// Coverage at the beginning and at the end of the window.
  struct Coverage {
    var first: Double
    var last: Double
    /// Whether the newest commit has no report yet.
    var lags = false
  }

  var isEmpty: Bool { areas.isEmpty }
  var id: RepositoryID { RepositoryID(unchecked: "R_\(name)") }
  var fullName: RepositoryName { RepositoryName(unchecked: "acme/\(name)") }
}
