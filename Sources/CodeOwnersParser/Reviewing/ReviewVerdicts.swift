package import KoalrDomain

/// What reviewers said last, as of a moment: a later verdict replaces an earlier one, a comment does not, a dismissal takes it
/// back. The author and bots are kept apart.
package struct ReviewVerdicts: Sendable {
  package struct Approval: Sendable {
    package var login: Login
    package var time: Date
  }

  /// Approvals by other people that stand, by time.
  package private(set) var approvals: [Approval] = []
  /// Other people whose request for changes stands.
  package private(set) var objectors: [Login] = []
  /// How many other people reviewed.
  package private(set) var reviewers = 0
  package private(set) var authorApproved = false
  package private(set) var botsApproved = false

  /// Reads the reviews that were submitted up to a moment, or all of them.
  package init(reviews: [Review], author: Login?, asOf: Date? = nil) {
    let submitted = reviews.compactMap { review in review.submittedAt.map { (review, $0) } }
      .filter { $0.1 <= asOf ?? .distantFuture && $0.0.state != .pending }
      .sorted { ($0.1, $0.0.id) < ($1.1, $1.0.id) }
    var last: [String: (review: Review, time: Date)] = [:]
    var people: Set<String> = []
    for (review, time) in submitted {
      guard let login = review.author else { continue }
      let key = login.folded
      if key == author?.folded {
        authorApproved = authorApproved || review.state == .approved
      } else if login.isBot {
        botsApproved = botsApproved || review.state == .approved
      } else {
        people.insert(key)
        if review.state != .commented { last[key] = (review, time) }
      }
    }
    reviewers = people.count
    for (review, time) in last.values.sorted(by: { ($0.time, $0.review.id) < ($1.time, $1.review.id) }) {
      guard let login = review.author else { continue }
      if review.state == .approved { approvals.append(Approval(login: login, time: time)) }
      if review.state == .changesRequested { objectors.append(login) }
    }
  }

  /// The approvals that came after the newest commit; all of them when its time is not known.
  package func approvals(since head: Date?) -> [Approval] {
    guard let head else { return approvals }
    return approvals.filter { $0.time >= head }
  }
}
