#if canImport(FoundationEssentials)
public import FoundationEssentials
#else
public import Foundation
#endif

/// Keeps answers that a service confirms with 304 instead of sending them again.
///
/// *Using one:* `InMemoryAnswerCache`, which ``ETagMiddleware`` has unless told otherwise. *Writing one:* bound it; losing an answer
/// costs a request, never a wrong result; keep bodies as safe as the data of your store.
public protocol AnswerCache: Sendable {
  /// Returns what was kept, or `nil`.
  func answer(for key: AnswerKey) async -> KeptAnswer?
  /// Keeps an answer in place of an older one.
  func keep(_ answer: KeptAnswer, for key: AnswerKey) async
}

/// What an answer depends on.
public struct AnswerKey: Hashable, Sendable {
  /// The address with its query.
  public var url: URL
  /// The form that was asked for.
  public var accept: String
  /// Stands for the credential, and does not let it be guessed.
  public var credential: String

  /// Makes a key.
  public init(url: URL, accept: String, credential: String) {
    self.url = url
    self.accept = accept
    self.credential = credential
  }
}

/// An answer with the tag the service gave it.
public struct KeptAnswer: Hashable, Sendable {
  /// The value of `ETag`, as it was sent.
  public var tag: String
  /// The header fields.
  public var headers: HTTPHeaders
  /// The body.
  public var body: Data

  /// Makes an answer.
  public init(tag: String, headers: HTTPHeaders, body: Data) {
    self.tag = tag
    self.headers = headers
    self.body = body
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension AnswerKey: CustomStringConvertible, CustomReflectable {
  public var description: String { "answer of \(url.host ?? "")\(url.path)" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension KeptAnswer: CustomStringConvertible, CustomReflectable {
  public var description: String { "answer of \(body.count) bytes" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
