#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Follows redirects that stay on the same origin. One to another origin, or one too many, is returned as the answer it is.
///
/// 301, 302 and 303 are followed for `GET` and `HEAD` only; 307 and 308 for every method, with its body.
public struct RedirectMiddleware: HTTPMiddleware {
  /// How many redirects are followed unless told otherwise.
  public static let standardLimit = 5
  private let limit: Int

  /// Makes the step.
  public init(limit: Int = standardLimit) { self.limit = limit }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension RedirectMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    var request = request
    var response = try await next(request)
    var followed = 0
    while followed < limit, let target = Self.target(of: response, for: request) {
      request.url = target
      response = try await next(request)
      followed += 1
    }
    return response
  }
}

extension RedirectMiddleware {
  private static func target(of response: HTTPResponse, for request: HTTPRequest) -> URL? {
    switch response.status {
    case 301, 302, 303: guard request.method == "GET" || request.method == "HEAD" else { return nil }
    case 307, 308: break
    default: return nil
    }
    guard let location = response.headers["Location"], let target = URL(string: location, relativeTo: request.url)?.absoluteURL,
      target.hasSameOrigin(as: request.url)
    else { return nil }
    return target
  }
}
