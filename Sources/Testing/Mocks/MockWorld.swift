public import KoalrCore

/// Everything that the mock adapters know, as one value that a test can build, change and compare.
///
/// It is the truth: the mocks show each seam its part of it, cut into pages, with what that seam would not know left out.
public struct MockWorld: Sendable, Hashable {
  /// The organisation's name; the first where there are several.
  public var organization: String
  /// The organisations beside the first; `nil` when that is the only one.
  public var otherOrganizations: [String]?
  /// The account that the credential belongs to.
  public var account: String
  /// The time on the wall of the services; `nil` when a test does not care.
  public var now: Date?
  /// The repositories with everything in them.
  public var repositories: [MockRepository]
  /// The teams with their members.
  public var teams: [Team]
  /// The members of the organisation.
  public var people: [Contributor]
  /// Findings whose project belongs to no known repository.
  public var strayFindings: [SecurityFinding]
  /// What an incident tool knows.
  public var incidents: [Incident]

  /// Makes a world.
  public init(
    organization: String = "acme", otherOrganizations: [String]? = nil, account: String = "koalr-reader", now: Date? = nil,
    repositories: [MockRepository] = [],
    teams: [Team] = [], people: [Contributor] = [], strayFindings: [SecurityFinding] = [], incidents: [Incident] = []
  ) {
    self.organization = organization
    self.otherOrganizations = otherOrganizations
    self.account = account
    self.now = now
    self.repositories = repositories
    self.teams = teams
    self.people = people
    self.strayFindings = strayFindings
    self.incidents = incidents
  }

  /// Returns the repository with this id.
  public subscript(id: RepositoryID) -> MockRepository? { repositories.first { $0.repository.id == id } }

  /// Returns the repository with this name, without the owner: `api`.
  public subscript(name: String) -> MockRepository? { repositories.first { $0.repository.name.name == name } }
}

/// One repository with everything in it.
public struct MockRepository: Sendable, Hashable {
  /// The repository as the code host describes it.
  public var repository: Repository
  /// Its CODEOWNERS file.
  public var codeOwners: DiscoveredRepository.CodeOwnersFinding
  /// Its changes, with their files.
  public var changes: [Change]
  /// The commits of its default branch with their authors' accounts.
  public var commits: [Commit]
  /// Its deployments.
  public var deployments: [Deployment]
  /// Its tickets.
  public var issues: [Issue]
  /// Its coverage; `nil` when nothing was ever reported.
  public var coverage: MockCoverageReports?
  /// What a scanner found in it.
  public var findings: [SecurityFinding]
  /// All of its files; `nil` when the code host cannot list them.
  public var paths: [String]?

  /// Makes a repository.
  public init(
    repository: Repository, codeOwners: DiscoveredRepository.CodeOwnersFinding = .none, changes: [Change] = [],
    commits: [Commit] = [], deployments: [Deployment] = [], issues: [Issue] = [], coverage: MockCoverageReports? = nil,
    findings: [SecurityFinding] = [], paths: [String]? = nil
  ) {
    self.paths = paths
    self.repository = repository
    self.codeOwners = codeOwners
    self.changes = changes
    self.commits = commits
    self.deployments = deployments
    self.issues = issues
    self.coverage = coverage
    self.findings = findings
  }
}

/// What a coverage service holds of one repository.
public struct MockCoverageReports: Sendable, Hashable {
  /// The newest report of the default branch, with the whole trend.
  public var newest: RepositoryCoverage
  /// Its changes.
  public var changes: [MeasuredChange]
  /// The measured files of each commit that has a report.
  public var files: [CommitID: [FileCoverage]]

  /// Makes reports.
  public init(newest: RepositoryCoverage, changes: [MeasuredChange] = [], files: [CommitID: [FileCoverage]] = [:]) {
    self.newest = newest
    self.changes = changes
    self.files = files
  }
}
