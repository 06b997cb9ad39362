/// A list inside an item that is fetched by the item's id: because it is not empty, or because one page did not hold it.
enum DetailPart: String, Hashable, Sendable, CaseIterable {
  case reviews, comments, reviewThreads, threadComments, pullRequestLabels, checks, issueLabels, deploymentStatuses, teamMembers

  /// What a person calls it.
  var noun: String {
    switch self {
    case .reviews: "reviews"
    case .comments: "comments"
    case .reviewThreads, .threadComments: "comments on lines"
    case .pullRequestLabels, .issueLabels: "labels"
    case .checks: "checks"
    case .deploymentStatuses: "statuses"
    case .teamMembers: "members"
    }
  }

  /// The type of the item.
  var type: String {
    switch self {
    case .reviews, .comments, .reviewThreads, .pullRequestLabels, .checks: "PullRequest"
    case .threadComments: "PullRequestReviewThread"
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

  /// What to ask of the item: a page of this size, which costs one connection, and of threads one more for each.
  func selection(size: Int, after: String?) -> String {
    let page = "(first: \(size)" + (after.map { ", after: \($0)" } ?? "")
    return switch self {
    case .reviews: "reviews\(page)) { \(Self.pageInfo) nodes { id state submittedAt author { __typename login } } }"
    case .comments, .threadComments: "comments\(page)) { \(Self.commentFields) }"
    case .reviewThreads:
      "reviewThreads\(page)) { \(Self.pageInfo) nodes { id path comments(first: 100) { \(Self.commentFields) } } }"
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
  private static let commentFields = "\(pageInfo) nodes { id createdAt author { __typename login } }"
  static let statusFields = "\(pageInfo) nodes { state createdAt }"
  static let memberFields = "\(pageInfo) nodes { login }"
}
