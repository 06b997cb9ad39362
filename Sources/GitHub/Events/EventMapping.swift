import KoalrDomain
import KoalrIntegrationProtocols

/// What an event of GitHub is about, in our words.
struct EventMapping {
  var kind: EventKind
  var payload: EventPayload

  func event(delivery: SourceID) throws(DeliveryRefusal) -> HostEvent {
    HostEvent(
      delivery: delivery, name: kind.rawValue, action: payload.text("action").map { String($0.prefix(EventKind.maximumName)) },
      repository: try repository(), repositoryName: payload.text("repository.full_name").flatMap(RepositoryName.init(rawValue:)),
      version: version, subjects: try subjects())
  }

  private func subjects() throws(DeliveryRefusal) -> [HostEvent.Subject] {
    switch kind {
    case .push: try pushed()
    case .pullRequest, .review, .reviewComment, .reviewThread: [.change(try id("pull_request.node_id"))]
    case .deployment, .deploymentStatus: [.deployment(try id("deployment.node_id"))]
    case .checkRun: [.checks(try id("check_run.head_sha"))]
    case .checkSuite: [.checks(try id("check_suite.head_sha"))]
    case .status: [.checks(try id("sha"))]
    case .issues: [.ticket(try id("issue.node_id"))]
    // A pull request is an issue, too; its comments come under that name, with the pull request's own id.
    case .issueComment:
      payload.has("issue.pull_request") ? [.change(try id("issue.node_id"))] : [.ticket(try id("issue.node_id"))]
    case .membership, .team, .organization: [.people]
    case .repository: [.repository]
    case .ping, .meta: [.hook]
    }
  }

  /// Commits on a branch; a tag, or a branch that was removed, brings none.
  private func pushed() throws(DeliveryRefusal) -> [HostEvent.Subject] {
    guard let ref = payload.text("ref") else { throw missing("ref") }
    let (before, after) = (commit("before"), commit("after"))
    guard ref.hasPrefix("refs/heads/"), after != nil else { return [] }
    let branch = String(ref.dropFirst("refs/heads/".count))
    return [.branch(branch, before: before, after: after, forced: payload.flag("forced"))]
  }

  /// A commit; `nil` for the zeros that stand for none.
  private func commit(_ place: String) -> CommitID? {
    payload.text(place).flatMap(CommitID.init(rawValue:)).flatMap { $0.rawValue.utf8.allSatisfy { $0 == 0x30 } ? nil : $0 }
  }

  private func repository() throws(DeliveryRefusal) -> RepositoryID? {
    switch kind {
    case .membership, .team, .organization, .ping, .meta: nil
    default: try id("repository.node_id")
    }
  }

  /// The newest of the versions the payload tells of: a review can be newer than what is told of its pull request.
  private var version: Date? {
    switch kind {
    case .pullRequest, .review, .reviewComment, .reviewThread:
      payload.latest("pull_request.updated_at", "review.submitted_at", "comment.updated_at")
    case .issues, .issueComment: payload.latest("issue.updated_at", "comment.updated_at")
    case .deployment, .deploymentStatus:
      payload.latest("deployment.updated_at", "deployment_status.updated_at", "deployment_status.created_at")
    default: nil
    }
  }

  private func id<ID: Identifier>(_ place: String) throws(DeliveryRefusal) -> ID {
    guard let id = payload.text(place).flatMap(ID.init(rawValue:)) else { throw missing(place) }
    return id
  }

  /// The place is a word of ours, so that nothing of the payload is repeated.
  private func missing(_ place: String) -> DeliveryRefusal {
    DeliveryRefusal(.malformed, "the event \(kind.rawValue) has no \(place)")
  }
}
