import KoalrDomain
import KoalrHTTPTransport
import KoalrIntegrationProtocols

/// Sends each request when the budget of its credential allows it.
struct BudgetMiddleware: HTTPMiddleware {
  let budget: CredentialBudget
  /// A longer wait is an error instead.
  let patience: Duration
  let observer: any SyncObserver

  func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    do {
      return try await budget.run(
        BudgetCall(request), patience: patience,
        waits: { observer.observe(.wait(service: .gitHub, until: $0, reason: $1)) },
        send: { try await next(request) })
    } catch let error as BudgetWaitTooLong {
      throw IntegrationError(
        .rateLimited, service: .gitHub, operation: request.operation,
        reason: "\(error.reason); it can go on in \(error.pause.components.seconds) seconds, longer than this run waits",
        retry: .after(error.pause))
    }
  }
}
