import KoalrHTTPTransport

/// An item with one of its lists.
struct DetailWire: Sendable {
  var id: String
  var reviews: ListWire<ReviewWire>?
  var comments: ListWire<CommentWire>?
  var reviewThreads: ListWire<ReviewThreadWire>?
  var labels: ListWire<LabelWire>?
  /// The text of an issue.
  var body: String?
  var statusCheckRollup: CheckRollupWire?
  var statuses: ListWire<DeploymentStatusWire>?
  var members: ListWire<ActorWire>?

  /// Where the list goes on; `nil` after its last page.
  func nextCursor(_ part: DetailPart) -> String? {
    switch part {
    case .reviews: reviews?.nextCursor
    case .comments, .threadComments: comments?.nextCursor
    case .reviewThreads: reviewThreads?.nextCursor
    case .pullRequestLabels, .issueLabels: labels?.nextCursor
    case .checks: statusCheckRollup?.contexts?.nextCursor
    case .deploymentStatuses: statuses?.nextCursor
    case .teamMembers: members?.nextCursor
    }
  }

  /// Whether the list was given.
  func holds(_ part: DetailPart) -> Bool {
    switch part {
    case .reviews: reviews?.nodes != nil
    case .comments, .threadComments: comments?.nodes != nil
    case .reviewThreads: reviewThreads?.nodes?.allSatisfy { $0 == nil || $0?.comments?.nodes != nil } == true
    case .pullRequestLabels, .issueLabels: labels?.nodes != nil
    case .checks: statusCheckRollup?.contexts?.nodes != nil
    case .deploymentStatuses: statuses?.nodes != nil
    case .teamMembers: members?.nodes != nil
    }
  }
}

extension DetailWire: JSONReadable {
  init(_ json: inout JSONMembers) throws {
    id = try json.required("id")
    reviews = try json.value("reviews")
    comments = try json.value("comments")
    reviewThreads = try json.value("reviewThreads")
    labels = try json.value("labels")
    body = try json.text("body")
    statusCheckRollup = try json.value("statusCheckRollup")
    statuses = try json.value("statuses")
    members = try json.value("members")
  }
}

/// One item of `node(id:)`, or the list of `nodes(ids:)`.
struct DetailsWire: Decodable, Sendable {
  var items: [DetailWire]

  init(from decoder: any Decoder) throws {
    if let list = try? [Lossy<DetailWire>](from: decoder) {
      items = list.compactMap(\.value)
    } else {
      items = [try DetailWire(from: decoder)]
    }
  }
}
