public import KoalrDomain
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

extension HTTPClient {
  /// Makes the client every adapter starts from: redirects on the same origin, retries, a report of each exchange, and the credential
  /// for its own origin only.
  ///
  /// - Parameters:
  ///   - service: whose name errors and reports have.
  ///   - origin: where the credential belongs.
  ///   - authorization: the scheme and the credential; `nil` for none.
  ///   - transport: sends the requests.
  ///   - retry: what is tried again.
  ///   - clock: for pauses.
  ///   - observer: told of every exchange and retry.
  ///   - eachAttempt: steps around every single sending, inside of redirects and retries: budgets.
  ///   - innermost: steps that see a request as it leaves, with its credential: caches.
  public static func standard(
    service: Connection.Service, origin: URL, authorization: (scheme: String, secret: any CredentialSource)?,
    transport: some HTTPTransport, retry: RetryPolicy = .standard, clock: any WallClock = .system,
    observer: any SyncObserver = .silent, eachAttempt: [any HTTPMiddleware] = [], innermost: [any HTTPMiddleware] = []
  ) -> HTTPClient {
    var steps: [any HTTPMiddleware] = [
      RedirectMiddleware(),
      RetryMiddleware(policy: retry, clock: clock, observer: observer, service: service),
    ]
    steps += eachAttempt
    steps.append(ObservingMiddleware(service: service, observer: observer))
    if let authorization {
      steps.append(AuthorizationMiddleware(scheme: authorization.scheme, credential: authorization.secret, origin: origin))
    }
    return HTTPClient(service: service, transport: transport, middleware: steps + innermost)
  }
}
