/// GitHub's limits for one credential, and how patient we are with them.
///
/// Source: docs.github.com, "Rate limits for the REST API" and "Rate limits and query limits for the GraphQL API". The hourly
/// budgets are not among them: they differ by plan and token, and answers name them.
struct BudgetLimits: Sendable {
  /// The span of the secondary limits.
  var minute: Duration = .seconds(60)
  /// Points a minute: a query or a GET is one, a mutation or a write five.
  var restPoints = 900
  var graphQLPoints = 2000
  /// GraphQL may keep GitHub's processors busy for this long a minute: that is one call in flight.
  var answeringTime: Duration = .seconds(60)
  var concurrentGraphQL = 1
  /// GitHub allows 100 requests at once over both APIs. REST's 900 points a minute do not need more than this.
  var concurrentREST = 16
  /// The least between two writes.
  var betweenWrites: Duration = .seconds(1)
  /// What makes something new: these many a minute, and these many an hour.
  var creationsPerMinute = 80
  var creationsPerHour = 500
  /// The pause after a refusal that names no time; each further one in a row is twice as long.
  var firstPause: Duration = .seconds(60)
  /// A request that was refused so often is given up.
  var refusals = 5
  /// Shorter waits are nobody's business.
  var quietWait: Duration = .seconds(2)

  /// The limits of github.com.
  static let gitHub = BudgetLimits()

  /// Requests at once.
  func concurrent(_ lane: BudgetCall.Lane) -> Int { lane == .graphQL ? concurrentGraphQL : concurrentREST }
}
