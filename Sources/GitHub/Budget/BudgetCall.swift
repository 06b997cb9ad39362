import KoalrHTTPTransport

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A request as the budget sees it: what it is charged to, and how much.
struct BudgetCall: Hashable, Sendable {
  /// The two APIs have places and points of their own.
  enum Lane: Hashable, Sendable, CaseIterable {
    case rest
    case graphQL
  }
  var lane: Lane
  /// GitHub's name of the hourly budget: `core`, `graphql`, `search`.
  var resource: String
  /// Points of the limit a minute.
  var points = 1
  var isWrite = false
  var creates = false
  /// Higher goes first.
  var urgency = 0

  /// A call that reads.
  init(_ lane: Lane, resource: String? = nil, urgency: Int = 0) {
    self.lane = lane
    self.resource = resource ?? (lane == .graphQL ? "graphql" : "core")
    self.urgency = urgency
  }

  /// A call that changes something: five points.
  static func write(creates: Bool = false) -> Self {
    var call = Self(.rest)
    (call.points, call.isWrite, call.creates) = (5, true, creates)
    return call
  }

  /// What a request is charged to.
  init(_ request: HTTPRequest) {
    let isRead = request.method == "GET" || request.method == "HEAD"
    if request.resource == "graphql" {
      self.init(.graphQL, urgency: request.urgency)
    } else if isRead {
      self.init(.rest, resource: request.url.path().contains("/search/") ? "search" : "core", urgency: request.urgency)
    } else {
      self = .write(creates: request.method == "POST")
      urgency = request.urgency
    }
  }
}
