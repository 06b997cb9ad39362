/// A list inside an item that is fetched by the item's id: because it is not empty, or because one page did not hold it.
enum DetailPart: String, Hashable, Sendable, CaseIterable {
  case reviews, pullRequestLabels, checks, issueLabels, deploymentStatuses, teamMembers

  /// What a person calls it.
  var noun: String {
    switch self {
    case .reviews: "reviews"
    case .pullRequestLabels, .issueLabels: "labels"
    case .checks: "checks"
    case .deploymentStatuses: "statuses"
    case .teamMembers: "members"
    }
  }

  /// The type of the item.
  var type: String {
    switch self {
    case .reviews, .pullRequestLabels, .checks: "PullRequest"
    case .issueLabels: "Issue"
    case .deploymentStatuses: "Deployment"
    case .teamMembers: "Team"
    }
  }

  /// As urgent as the list whose items it completes.
  var urgency: Int {
    switch type {
    case "PullRequest": RepositoryListKind.pullRequests.urgency
    case "Deployment": RepositoryListKind.deployments.urgency
    default: RepositoryListKind.issues.urgency
    }
  }

  /// What to ask of the item.
  func selection(after: String?) -> String {
    let page = "(first: 100" + (after.map { ", after: \($0)" } ?? "")
    return switch self {
    case .reviews: "reviews\(page)) { \(Self.pageInfo) nodes { id state submittedAt author { __typename login } } }"
    case .pullRequestLabels: "labels\(page)) { \(Self.pageInfo) nodes { name } }"
    // A ticket with a label may be that of an incident: its text names the commit or the change behind it.
    case .issueLabels: "body labels\(page)) { \(Self.pageInfo) nodes { name } }"
    case .checks: "statusCheckRollup { contexts\(page)) { \(Self.contextFields) } }"
    case .deploymentStatuses: "statuses\(page)) { \(Self.statusFields) }"
    case .teamMembers: "members\(page), membership: IMMEDIATE) { \(Self.memberFields) }"
    }
  }

  static let pageInfo = "pageInfo { hasNextPage endCursor }"
  static let contextFields = """
    \(pageInfo) nodes { __typename ... on CheckRun { name status conclusion completedAt }
    ... on StatusContext { context state createdAt } }
    """
  static let statusFields = "\(pageInfo) nodes { state createdAt }"
  static let memberFields = "\(pageInfo) nodes { login }"
}
