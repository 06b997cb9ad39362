#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Asks whether an answer that was kept still holds, and where it does (304), gives it as if it had been sent again.
///
/// Only for `GET` with an answer of 200 that carries an `ETag` (RFC 9110 §8.8.3, §13.1.2). It belongs innermost, behind the step
/// that adds the credential: answers are kept for each credential apart. The fields of the 304 replace those that were kept, so
/// that what is left of a budget is always new.
public struct ETagMiddleware: HTTPMiddleware {
  private let cache: any AnswerCache
  private let fingerprint: @Sendable (String) -> String

  /// Makes the step.
  ///
  /// - Parameters:
  ///   - cache: where answers are kept.
  ///   - fingerprint: turns the `Authorization` field into what stands for it in keys; unless told otherwise a hash that only this
  ///     process can compute. A cache that outlives the process needs one that stays, such as SHA-256.
  public init(
    cache: any AnswerCache = InMemoryAnswerCache(), fingerprint: @escaping @Sendable (String) -> String = Self.processFingerprint
  ) {
    self.cache = cache
    self.fingerprint = fingerprint
  }

  /// A hash with a seed that is new in each process.
  @Sendable public static func processFingerprint(_ credential: String) -> String {
    [0, 1].map { half in
      var hasher = Hasher()
      hasher.combine(half)
      hasher.combine(credential)
      return String(UInt(bitPattern: hasher.finalize()), radix: 16)
    }.joined(separator: "-")
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension ETagMiddleware {
  public func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse {
    guard request.method == "GET", request.headers["If-None-Match"] == nil else { return try await next(request) }
    let key = AnswerKey(
      url: request.url, accept: request.headers["Accept"] ?? "", credential: fingerprint(request.headers["Authorization"] ?? ""))
    let kept = await cache.answer(for: key)
    var request = request
    request.headers["If-None-Match"] = kept?.tag
    let response = try await next(request)
    if response.status == 304, let kept { return kept.confirmed(by: response) }
    if response.status == 200, let tag = response.headers["ETag"] {
      await cache.keep(KeptAnswer(tag: tag, headers: response.headers, body: response.body), for: key)
    }
    return response
  }
}

extension KeptAnswer {
  fileprivate func confirmed(by response: HTTPResponse) -> HTTPResponse {
    var headers = headers
    for (name, value) in response.headers.all where name != "content-length" && name != "content-type" { headers[name] = value }
    return HTTPResponse(status: 200, headers: headers, body: body, url: response.url)
  }
}
