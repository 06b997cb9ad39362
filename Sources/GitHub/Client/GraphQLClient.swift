import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks GraphQL questions; the budget of the credential lets one at a time through.
struct GraphQLClient: Sendable {
  let client: HTTPClient
  let address: URL
  let clock: any WallClock
  let observer: any SyncObserver

  /// Asks, and says whether GitHub answered or could not do so much at once.
  ///
  /// - Throws: `IntegrationError` for everything that a smaller question would not cure.
  func ask<Answer: Decodable & Sendable>(
    _ query: GraphQLQuery, for type: Answer.Type
  ) async throws -> GraphQLOutcome<Answer> {
    var request = HTTPRequest(
      "POST", address, headers: GitHubHeaders.standard.with("Content-Type", "application/json"), body: try query.body(),
      operation: query.operation, resource: "graphql")
    request.urgency = query.urgency
    let response: HTTPResponse
    do {
      response = try await client.send(request)
    } catch let error as IntegrationError where error.isSizeTrouble {
      return .overloaded(error)
    }
    guard response.status == 200 else { return try refused(response, query) }
    let envelope = try response.json(GraphQLEnvelope<Answer>.self, service: .gitHub, operation: query.operation)
    if let cost = envelope.cost, cost > 0 { observer.observe(.charge(service: .gitHub, unit: "points", amount: cost)) }
    return try outcome(envelope, response, query)
  }

  /// Asks a question that cannot be made smaller: when GitHub could not do it, the same is asked again after a pause.
  func askWhole<Answer: Decodable & Sendable>(
    _ query: GraphQLQuery, for type: Answer.Type
  ) async throws -> GraphQLAnswer<Answer> {
    let policy = GitHubRetry.policy
    var attempt = 1
    while true {
      switch try await ask(query, for: type) {
      case .answered(let answer): return answer
      // The transport has tried again already what did not arrive in time.
      case .overloaded(let error) where attempt >= policy.maximumAttempts || error.isSizeTrouble: throw error
      case .overloaded(let error):
        let pause = policy.pause(afterAttempt: attempt)
        observer.observe(
          .retry(service: .gitHub, operation: query.operation, attempt: attempt, delay: pause, reason: error.reason))
        try await clock.sleep(for: pause)
        attempt += 1
      }
    }
  }

  private func refused<Answer>(_ response: HTTPResponse, _ query: GraphQLQuery) throws -> GraphQLOutcome<Answer> {
    let failure = GitHubFailure(response, clock: clock)
    let error = failure.error(operation: query.operation)
    // A gateway that gave up waiting: the query took longer than GitHub's ten seconds.
    if response.status == 502 || response.status == 504 { return .overloaded(error) }
    throw error
  }

  private func outcome<Answer>(
    _ envelope: GraphQLEnvelope<Answer>, _ response: HTTPResponse, _ query: GraphQLQuery
  ) throws -> GraphQLOutcome<Answer> {
    let errors = envelope.errors
    if let limited = errors.first(where: \.isRateLimit) {
      throw GitHubFailure(response, clock: clock, message: limited.message).rateLimited(operation: query.operation)
    }
    guard let data = envelope.data else {
      guard let first = errors.first else {
        throw IntegrationError(
          .unexpectedResponse, service: .gitHub, operation: query.operation, reason: "the answer holds neither data nor errors",
          retry: .soon)
      }
      let error = first.asIntegrationError(operation: query.operation)
      if errors.contains(where: \.isOverload) { return .overloaded(error) }
      throw error
    }
    let partial = response.headers["X-GitHub-SSO"]?.hasPrefix("partial-results") == true
    return .answered(
      GraphQLAnswer(
        data: data, errors: errors, leavesOutOrganizations: partial,
        singleSignOnPage: GitHubPages.singleSignOn(response.headers["X-GitHub-SSO"])))
  }
}

/// What became of a question.
enum GraphQLOutcome<Answer: Sendable>: Sendable {
  /// GitHub answered, perhaps not everything.
  case answered(GraphQLAnswer<Answer>)
  /// GitHub could not do so much at once; a smaller question may succeed.
  case overloaded(IntegrationError)
}

/// An answer with what is wrong with it.
struct GraphQLAnswer<Answer: Sendable>: Sendable {
  var data: Answer
  var errors: [GraphQLErrorWire]
  /// Whether single sign-on made GitHub leave something out silently.
  var leavesOutOrganizations: Bool
  /// Where to authorise the token, when single sign-on made GitHub refuse a part.
  var singleSignOnPage: String?
}

extension IntegrationError {
  /// Whether a smaller question may get through: the answer was too large, or did not arrive in time.
  fileprivate var isSizeTrouble: Bool {
    switch underlying as? TransportError {
    case .timedOut, .tooLarge: true
    default: false
    }
  }
}
