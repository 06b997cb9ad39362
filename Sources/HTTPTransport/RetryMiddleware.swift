public import KoalrDomain
public import KoalrIntegrationProtocols

/// Sends a request again when that may help.
///
/// The usual rules: 429, and 403 with `Retry-After`, always; other failures of the server (5xx) and of the way to it, and JSON that
/// breaks off, only when the request is idempotent. `Retry-After` is honoured. A pause that passes the policy's limits is not made: the answer comes back with it
/// in ``HTTPResponse/retryAfter``.
public struct RetryMiddleware: HTTPMiddleware {
  private let policy: RetryPolicy
  private let clock: any WallClock
  private let observer: any SyncObserver
  private let service: Connection.Service

  /// Makes the step.
  public init(policy: RetryPolicy, clock: any WallClock, observer: any SyncObserver, service: Connection.Service) {
    self.policy = policy
    self.clock = clock
    self.observer = observer
    self.service = service
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RetryMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    var waited = Duration.zero
    var attempt = 1
    while true {
      let pause: Duration
      let reason: String
      do {
        var response = try await next(request)
        guard case .retry(let named, let why) = verdict(on: response, to: request) else { return response }
        pause = named ?? policy.pause(afterAttempt: attempt)
        reason = why
        guard allows(pause, after: waited, attempt: attempt) else {
          response.retryAfter = named
          return response
        }
      } catch let error as TransportError {
        pause = policy.pause(afterAttempt: attempt)
        guard request.isIdempotent, let why = error.passingTrouble, allows(pause, after: waited, attempt: attempt) else {
          throw error
        }
        reason = why
      }
      observer.observe(
        .retry(service: service, operation: request.operation, attempt: attempt, delay: pause, reason: reason))
      try await clock.sleep(for: pause)
      waited += pause
      attempt += 1
    }
  }
}

extension RetryMiddleware {
  private func allows(_ pause: Duration, after waited: Duration, attempt: Int) -> Bool {
    attempt < policy.maximumAttempts && pause <= policy.maximumSingleWait && waited + pause <= policy.maximumTotalWait
  }

  private func verdict(on response: HTTPResponse, to request: HTTPRequest) -> RetryVerdict {
    if let verdict = policy.verdict(response) { return verdict }
    let named = RetryAfter.duration(of: response, now: clock.now())
    switch response.status {
    case 429: return .retry(after: named, reason: "the service asked to slow down (429)")
    case 403 where named != nil: return .retry(after: named, reason: "the service asked to slow down (403)")
    case 501, 505: return .accept
    case 500...599 where request.isIdempotent:
      return .retry(after: named, reason: "the service failed (\(response.status))")
    case 200...299 where request.isIdempotent && response.isBrokenOffJSON:
      return .retry(after: named, reason: "the answer breaks off")
    default: return .accept
    }
  }
}

extension HTTPResponse {
  /// Whether what is called JSON lacks the end of its object or array, or is none from its first letter on: a server or a proxy
  /// gave up in the middle and said nothing.
  fileprivate var isBrokenOffJSON: Bool {
    guard headers["Content-Type"]?.lowercased().contains("json") == true,
      let first = body.first(where: { !Self.isBlank($0) }), let last = body.last(where: { !Self.isBlank($0) })
    else { return false }
    switch first {
    case UInt8(ascii: "{"): return last != UInt8(ascii: "}")
    case UInt8(ascii: "["): return last != UInt8(ascii: "]")
    default: return !"\"-0123456789tfn".utf8.contains(first)
    }
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

extension TransportError {
  /// Why it may pass by itself, or `nil` when it will not.
  fileprivate var passingTrouble: String? {
    switch self {
    case .unreachable(let why): why
    case .timedOut: "no answer arrived in time"
    case .tooLarge, .invalidRequest: nil
    }
  }
}
