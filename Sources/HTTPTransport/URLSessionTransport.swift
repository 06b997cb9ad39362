import Foundation
import KoalrDomain
public import KoalrIntegrationProtocols

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Sends requests with `URLSession`: no cookies, no cache, no redirects followed, answers capped in size and time.
///
/// Requests beyond the limit wait in order, and that waiting is not charged to any timeout. Make one and share it: it keeps its
/// connections open.
public final class URLSessionTransport: HTTPTransport {
  /// The largest decoded answer accepted unless told otherwise: 64 MiB.
  public static let standardMaximumResponseBytes = 64 << 20
  /// How many requests run at once unless told otherwise.
  public static let standardConcurrency = 8
  /// What services see as `User-Agent` unless the request says otherwise.
  public static let userAgent = "KoalrCore"

  private let session: URLSession
  private let events = SessionEvents()
  private let gate: RequestGate
  private let maximumResponseBytes: Int
  private let requestTimeout: Duration
  private let inactivitySeconds: Double
  private let clock: any WallClock

  /// Makes a transport.
  ///
  /// - Parameters:
  ///   - maximumResponseBytes: The largest decoded body kept; while it is refused about 40 MB more may be in memory for a moment.
  ///   - requestTimeout: From the start of sending to the last byte.
  ///   - inactivityTimeout: Without a byte in either direction; rounded up to whole seconds, at least one. On Linux a request
  ///     with a body whose kept-alive connection is reset ends only then: `URLSession` cannot send the body again and says nothing.
  ///   - maximumConcurrentRequests: At once, over all hosts.
  ///   - clock: What `requestTimeout` is measured by; a test moves its own.
  public init(
    maximumResponseBytes: Int = standardMaximumResponseBytes, requestTimeout: Duration = .seconds(60),
    inactivityTimeout: Duration = .seconds(30), maximumConcurrentRequests: Int = standardConcurrency,
    clock: any WallClock = SystemClock()
  ) {
    let concurrency = max(1, maximumConcurrentRequests)
    self.maximumResponseBytes = max(0, maximumResponseBytes)
    self.requestTimeout = requestTimeout
    self.clock = clock
    let parts = inactivityTimeout.components
    // On Linux the timer cuts fractions off: half a second would fire at once.
    inactivitySeconds = Double(max(1, parts.seconds + (parts.attoseconds > 0 ? 1 : 0)))
    gate = RequestGate(limit: concurrency)
    let configuration = URLSessionConfiguration.ephemeral
    configuration.httpCookieStorage = nil
    configuration.httpShouldSetCookies = false
    configuration.httpCookieAcceptPolicy = .never
    configuration.urlCache = nil
    configuration.urlCredentialStorage = nil
    configuration.requestCachePolicy = .reloadIgnoringLocalCacheData
    configuration.httpMaximumConnectionsPerHost = concurrency
    session = URLSession(configuration: configuration, delegate: events, delegateQueue: nil)
  }

  // Every request in flight keeps the transport alive, so nobody can use the session after this.
  deinit { session.finishTasksAndInvalidate() }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension URLSessionTransport {
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    let prepared = try urlRequest(for: request)
    return try await gate.run {
      try Task.checkCancellation()
      return try await withDeadline(requestTimeout, by: clock) { try await self.exchange(prepared, url: request.url) }
    }
  }
}

extension URLSessionTransport {
  private func exchange(_ request: URLRequest, url: URL) async throws -> HTTPResponse {
    let task = session.dataTask(with: request)
    let exchange = Exchange(task: task, url: url, maximumBytes: maximumResponseBytes)
    events.register(exchange, for: task)
    return try await exchange.run()
  }

  private func urlRequest(for request: HTTPRequest) throws -> URLRequest {
    guard Origin(request.url) != nil else {
      throw TransportError.invalidRequest("the address is not a plain http or https address")
    }
    // `URLSession` refuses it with an error that speaks of the length.
    guard request.body == nil || (request.method != "GET" && request.method != "HEAD") else {
      throw TransportError.invalidRequest("a \(request.method) request cannot carry a body")
    }
    var prepared = URLRequest(url: request.url)
    prepared.httpMethod = request.method
    prepared.httpBody = request.body
    prepared.timeoutInterval = inactivitySeconds
    prepared.httpShouldHandleCookies = false
    prepared.setValue(Self.userAgent, forHTTPHeaderField: "User-Agent")
    for (name, value) in request.headers.all {
      // A line break would start a header of its own.
      guard !name.utf8.contains(where: Self.isControl), !value.utf8.contains(where: Self.isControl) else {
        throw TransportError.invalidRequest("a header field of the request holds a control character")
      }
      prepared.setValue(value, forHTTPHeaderField: name)
    }
    return prepared
  }

  private static func isControl(_ byte: UInt8) -> Bool { (byte < 0x20 && byte != 0x09) || byte == 0x7F }
}
