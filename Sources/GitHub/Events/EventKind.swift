/// The events that Koalr looks at; every other one is counted and dropped.
enum EventKind: String, CaseIterable {
  case push
  case pullRequest = "pull_request"
  case review = "pull_request_review"
  case reviewComment = "pull_request_review_comment"
  case reviewThread = "pull_request_review_thread"
  case deployment
  case deploymentStatus = "deployment_status"
  case checkRun = "check_run"
  case checkSuite = "check_suite"
  case status
  case issues
  case issueComment = "issue_comment"
  case membership
  case team
  case organization
  case repository
  case ping
  case meta

  /// The most bytes of a name that is counted.
  static let maximumName = 64

  /// Whether a header may be the name of an event: a few small letters and underlines.
  static func isName(_ text: String) -> Bool {
    let bytes = text.utf8
    return !bytes.isEmpty && bytes.count <= maximumName
      && bytes.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || $0 == UInt8(ascii: "_") }
  }
}
