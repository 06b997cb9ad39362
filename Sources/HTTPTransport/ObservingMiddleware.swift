public import KoalrDomain
public import KoalrIntegrationProtocols

/// Reports every exchange that really happens: each attempt and each redirect on its own.
public struct ObservingMiddleware: HTTPMiddleware {
  private let service: Connection.Service
  private let observer: any SyncObserver

  /// Makes the step.
  public init(service: Connection.Service, observer: any SyncObserver) {
    self.service = service
    self.observer = observer
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ObservingMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    let start = ContinuousClock.now
    var status: Int?
    defer {
      observer.observe(
        .request(
          service: service, resource: request.resource, operation: request.operation, status: status,
          duration: ContinuousClock.now - start))
    }
    let response = try await next(request)
    status = response.status
    return response
  }
}
