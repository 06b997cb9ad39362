public import KoalrDomain

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Adds the credential to requests that go to the origin it belongs to, and takes any off those that go elsewhere.
public struct AuthorizationMiddleware: HTTPMiddleware {
  private let scheme: String
  private let secret: Secret
  private let origin: Origin?

  /// Makes the step; `scheme` is `Bearer`, `token` … An `origin` that is no http or https address is given to nobody.
  public init(scheme: String, secret: Secret, origin: URL) {
    self.scheme = scheme
    self.secret = secret
    self.origin = Origin(origin)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AuthorizationMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    var request = request
    let belongs = origin != nil && Origin(request.url) == origin
    request.headers["Authorization"] = belongs ? "\(scheme) \(secret.reveal())" : nil
    return try await next(request)
  }
}
