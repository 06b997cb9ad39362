public import KoalrCore

/// What a mock adapter can be asked.
public enum MockOperation: String, Sendable, Hashable, CaseIterable {
  /// Trying the code host's credential.
  case testCodeHost
  /// A page of repositories.
  case repositories
  /// When something in repositories was touched last.
  case times
  /// Pages of changes.
  case changes
  /// Pages of deployments.
  case deployments
  /// Pages of tickets.
  case issues
  /// Repositories by their ids.
  case repositoriesAgain
  /// Changes by their ids.
  case changesAgain
  /// The checks of changes by their ids.
  case checksAgain
  /// What the checks of changes say together, by their ids.
  case checkRollupsAgain
  /// Deployments by their ids.
  case deploymentsAgain
  /// Tickets by their ids.
  case issuesAgain
  /// How much there is.
  case counts
  /// A repository's files.
  case fileList
  /// A page of people and teams.
  case people
  /// The accounts behind commits.
  case authors
  /// A repository's history.
  case history
  /// Handing over one batch of a repository's history: a failure here stops a reading half way.
  case historyBatch
  /// Trying the coverage service's credential.
  case testCoverage
  /// A page of repositories that have coverage.
  case measuredRepositories
  /// A repository's coverage.
  case coverage
  /// A page of changes that have coverage.
  case changeCoverage
  /// The coverage of the files of a commit.
  case fileCoverage
  /// Trying the scanner's credential.
  case testVulnerabilities
  /// A page of findings.
  case findings
  /// A page of incidents.
  case incidents
  /// Telling people something.
  case notify

  /// The service that is asked; incidents and messages belong to no service of their own.
  public var service: Connection.Service {
    switch self {
    case .testCodeHost, .repositories, .times, .changes, .deployments, .issues, .people, .authors: .gitHub
    case .repositoriesAgain, .changesAgain, .checksAgain, .checkRollupsAgain, .deploymentsAgain, .issuesAgain, .counts, .fileList:
      .gitHub
    case .history, .historyBatch: .git
    case .testCoverage, .measuredRepositories, .coverage, .changeCoverage, .fileCoverage: .codecov
    case .testVulnerabilities, .findings: .snyk
    case .incidents: Connection.Service(rawValue: "incidents")
    case .notify: Connection.Service(rawValue: "notifier")
    }
  }
}

/// One call that a mock adapter saw.
public struct MockCall: Sendable, Hashable {
  /// What was asked.
  public var operation: MockOperation
  /// The repositories it was about, in the order of the questions; empty for the whole organisation.
  public var repositories: [RepositoryID]
  /// The cursors, one for each question.
  public var cursors: [Cursor?]
  /// Whether only open changes were asked for.
  public var openOnly: Bool

  /// Makes a call.
  public init(_ operation: MockOperation, repositories: [RepositoryID] = [], cursors: [Cursor?] = [], openOnly: Bool = false) {
    self.operation = operation
    self.repositories = repositories
    self.cursors = cursors
    self.openOnly = openOnly
  }

  init(_ operation: MockOperation, _ requests: [RepositoryPageRequest]) {
    self.init(
      operation, repositories: requests.map(\.repository.id), cursors: requests.map(\.after),
      openOnly: requests.contains { $0.openOnly })
  }
}
