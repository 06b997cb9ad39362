#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// A request to a service.
public struct HTTPRequest: Sendable {
  /// `GET`, `POST` …
  public var method: String
  /// Where to.
  public var url: URL
  /// Header fields.
  public var headers: HTTPHeaders
  /// The body, if any.
  public var body: Data?
  /// What it is for, in words for errors and logs: "list pull requests of acme/api".
  public var operation: String
  /// The service's word for the budget it is charged to: `rest`, `graphql`.
  public var resource: String
  /// Whether sending it twice does no harm; decides whether a failure in transit is tried again.
  public var isIdempotent: Bool
  /// Of requests that wait for their turn the one with the highest goes first.
  public var urgency = 0

  /// Makes a `GET` request.
  public init(_ url: URL, headers: HTTPHeaders = [:], operation: String, resource: String = "rest", isIdempotent: Bool = true) {
    self.init("GET", url, headers: headers, operation: operation, resource: resource, isIdempotent: isIdempotent)
  }

  /// Makes a request.
  public init(
    _ method: String, _ url: URL, headers: HTTPHeaders = [:], body: Data? = nil, operation: String,
    resource: String = "rest",
    isIdempotent: Bool = true
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.operation = operation
    self.resource = resource
    self.isIdempotent = isIdempotent
  }
}

/// A service's answer.
public struct HTTPResponse: Sendable {
  /// The status code.
  public var status: Int
  /// Header fields.
  public var headers: HTTPHeaders
  /// The body, decoded from transfer and content encodings.
  public var body: Data
  /// Where it came from, after redirects.
  public var url: URL
  /// The pause the service asked for, where ``RetryMiddleware`` did not make it; for `RetryAdvice.after`.
  public var retryAfter: Duration?

  /// Makes an answer.
  public init(status: Int, headers: HTTPHeaders = [:], body: Data = Data(), url: URL, retryAfter: Duration? = nil) {
    self.status = status
    self.headers = headers
    self.body = body
    self.url = url
    self.retryAfter = retryAfter
  }
}

/// Header fields by name, without regard to case.
public struct HTTPHeaders: Sendable, Hashable, ExpressibleByDictionaryLiteral {
  private var fields: [String: String] = [:]

  /// Makes header fields; of two with the same name the later one stays.
  public init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }

  /// Makes header fields; of two with the same name the later one stays.
  public init(_ elements: some Sequence<(String, String)>) {
    for (name, value) in elements { self[name] = value }
  }

  /// The value of a field.
  public subscript(name: String) -> String? {
    get { fields[name.lowercased()] }
    set { fields[name.lowercased()] = newValue }
  }

  /// All fields, names in lower case, ordered by name.
  public var all: [(name: String, value: String)] {
    fields.sorted { $0.key < $1.key }.map { (name: $0.key, value: $0.value) }
  }
}

/// Sends one request and returns the answer, whatever its status; follows nothing and tries nothing again.
///
/// *Using one:* give it to an ``HTTPClient``. *Writing one:* cap the size of answers, map cancellation to `CancellationError` and
/// everything else to ``TransportError``.
public protocol HTTPTransport: Sendable {
  /// Sends a request.
  ///
  /// - Throws: ``TransportError``, `CancellationError`.
  func send(_ request: HTTPRequest) async throws -> HTTPResponse
}

/// Why no answer arrived.
public enum TransportError: Error, Sendable, Hashable {
  /// No connection, or it broke. The text is safe in any log.
  case unreachable(String)
  /// Nothing arrived for too long, or the whole took too long.
  case timedOut
  /// The answer passed the size we accept, in bytes.
  case tooLarge(limit: Int)
  /// The request itself cannot be sent; trying again will not help. The text is safe in any log.
  case invalidRequest(String)
}

/// A step around sending: it may change the request, send it more than once, or change the answer.
public protocol HTTPMiddleware: Sendable {
  /// Handles a request; `next` sends it on.
  func handle(
    _ request: HTTPRequest, next: @Sendable (HTTPRequest) async throws -> HTTPResponse
  ) async throws -> HTTPResponse
}

// Headers, queries and bodies hold secrets, so no rendering shows them.

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension HTTPHeaders: CustomStringConvertible, CustomReflectable {
  public var description: String { "[\(all.map(\.name).joined(separator: ", "))]" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension HTTPRequest: CustomStringConvertible, CustomReflectable {
  public var description: String { "\(method) \(url.withoutQuery) (\(operation))" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension HTTPResponse: CustomStringConvertible, CustomReflectable {
  public var description: String { "\(status) from \(url.withoutQuery), \(body.count) bytes" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

extension URL {
  fileprivate var withoutQuery: String { (scheme ?? "") + "://" + (host ?? "") + (port.map { ":\($0)" } ?? "") + path }
}
