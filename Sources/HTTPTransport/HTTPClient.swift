public import KoalrDomain
public import KoalrIntegrationProtocols

/// Sends requests to one service through a chain of middleware.
public struct HTTPClient: Sendable {
  /// The service, for errors.
  public let service: Connection.Service
  private let transport: any HTTPTransport
  private let middleware: [any HTTPMiddleware]

  /// Makes a client; the first middleware is the outermost.
  public init(service: Connection.Service, transport: some HTTPTransport, middleware: [any HTTPMiddleware]) {
    self.service = service
    self.transport = transport
    self.middleware = middleware
  }

  /// Sends a request and returns the answer, whatever its status.
  ///
  /// - Throws: `IntegrationError` for a ``TransportError``, `CancellationError`.
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    do {
      return try await send(request, through: middleware[...])
    } catch let error as TransportError {
      throw IntegrationError(error, service: service, operation: request.operation)
    }
  }

  private func send(_ request: HTTPRequest, through rest: ArraySlice<any HTTPMiddleware>) async throws -> HTTPResponse {
    try Task.checkCancellation()
    guard let first = rest.first else { return try await transport.send(request) }
    return try await first.handle(request) { try await send($0, through: rest.dropFirst()) }
  }
}

extension IntegrationError {
  /// Says what a broken exchange means.
  public init(_ error: TransportError, service: Connection.Service, operation: String) {
    switch error {
    case .unreachable(let why):
      self.init(.unavailable, service: service, operation: operation, reason: why, underlying: error)
    case .timedOut:
      self.init(.unavailable, service: service, operation: operation, reason: "no answer arrived in time", underlying: error)
    case .tooLarge(let limit):
      self.init(
        .tooLarge, service: service, operation: operation, reason: "the answer is larger than \(limit) bytes",
        underlying: error)
    case .invalidRequest(let why):
      self.init(.misconfigured, service: service, operation: operation, reason: why, underlying: error)
    }
  }
}
