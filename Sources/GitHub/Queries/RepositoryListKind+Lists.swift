import KoalrDomain
import KoalrIntegrationProtocols

extension RepositoryListKind {
  /// Pull requests, newest update first, with the checks of their heads: the one connection that nearly every one of them has.
  /// Of the rest only the sizes; what is not empty is asked for afterwards.
  static let pullRequests = RepositoryListKind(
    noun: "pull requests", type: "PullRequest",
    field: { request in
      "pullRequests(\(request.openOnly ? "states: [OPEN], " : "")orderBy: {field: UPDATED_AT, direction: DESC})"
    },
    selections: [
      "\(pullRequestFields) statusCheckRollup { contexts(first: 100) { \(DetailPart.contextFields) } }",
      pullRequestFields,
      "id number updatedAt",
    ],
    urgency: 2, connectionsPerItem: 1, maximumItems: 148, usualFirstPage: 40,
    total: { counts, request in request.openOnly ? counts.openPullRequests : counts.pullRequests },
    counted: { counts, request in
      counts.window.flatMap { $0.since == request.since && !request.openOnly ? $0.pullRequests : nil }
    },
    isQuiet: { request in request.repository.newestChangeAt.map { $0 < request.since } ?? false })

  /// Pull requests for a first look, mostly open ones: nothing that costs more than its list.
  static let firstLook = RepositoryListKind(
    noun: "newest pull requests", type: "PullRequest", field: pullRequests.field,
    selections: [firstLookFields, "id number updatedAt"], connectionsPerItem: 0, maximumItems: 240, usualFirstPage: 30,
    total: pullRequests.total, isQuiet: pullRequests.isQuiet)

  // Some servers fail on years that cannot be.
  private static let beginning = Date(timeIntervalSince1970: 0)

  private static let firstLookFields = """
    id number title state isDraft createdAt updatedAt closedAt mergedAt baseRefName baseRefOid
    headRefName headRefOid isCrossRepository
    additions deletions changedFiles totalCommentsCount author { __typename login } mergeCommit { oid }
    """
  private static let pullRequestFields =
    "\(firstLookFields)\nreviews { totalCount } comments { totalCount } reviewThreads { totalCount } labels { totalCount }"

  /// Deployments, newest first, with their statuses: the newest status alone hides a success that was replaced later.
  static let deployments = RepositoryListKind(
    noun: "deployments", type: "Deployment",
    field: { _ in "deployments(orderBy: {field: CREATED_AT, direction: DESC})" },
    selections: [
      "id environment commitOid createdAt updatedAt statuses(first: 10) { \(DetailPart.statusFields) }",
      "id environment commitOid createdAt updatedAt",
      "id createdAt",
    ],
    urgency: 1, connectionsPerItem: 1, maximumItems: 148, usualFirstPage: 50, total: { counts, _ in counts.deployments },
    isQuiet: { request in request.repository.newestDeploymentAt.map { $0 < request.since } ?? false })

  /// Issues of the window, newest update first; labels are asked for afterwards, for those that have any.
  static let issues = RepositoryListKind(
    noun: "issues", type: "Issue",
    field: { request in
      """
      issues(filterBy: {since: "\(ISO8601Time.format(max(request.since, beginning)))"}, orderBy: {field: UPDATED_AT, direction: DESC})
      """
    },
    selections: [
      """
      id number title state createdAt updatedAt closedAt author { __typename login }
      comments { totalCount } labels { totalCount }
      """,
      "id number updatedAt",
    ],
    urgency: 0, connectionsPerItem: 0, maximumItems: 1000, usualFirstPage: 100, total: { counts, _ in counts.issues },
    isQuiet: { _ in false }
  )
}
