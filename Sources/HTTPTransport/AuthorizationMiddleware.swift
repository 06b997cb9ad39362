import KoalrDomain
public import KoalrIntegrationProtocols

#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Adds the credential to requests that go to the origin it belongs to, and takes any off those that go elsewhere.
///
/// A request that the service refuses with 401 is sent once more when the credential has a replacement: a refused request was not
/// carried out, so that is safe for every method.
public struct AuthorizationMiddleware: HTTPMiddleware {
  private let scheme: String
  private let credential: any CredentialSource
  private let origin: Origin?

  /// Makes the step; `scheme` is `Bearer`, `token` … An `origin` that is no http or https address is given to nobody.
  public init(scheme: String, credential: some CredentialSource, origin: URL) {
    self.scheme = scheme
    self.credential = credential
    self.origin = Origin(origin)
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AuthorizationMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    guard origin != nil, Origin(request.url) == origin else { return try await next(with(nil, request)) }
    let token = try await credential.token()
    let response = try await next(with(token, request))
    guard response.status == 401, let fresh = try await credential.replacement(for: token) else { return response }
    return try await next(with(fresh, request))
  }

  private func with(_ token: Secret?, _ request: HTTPRequest) -> HTTPRequest {
    var request = request
    request.headers["Authorization"] = token.map { "\(scheme) \($0.reveal())" }
    return request
  }
}
