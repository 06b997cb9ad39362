import KoalrDomain
import Synchronization

/// Answers from a closure or a list of rules, and remembers what it was asked: for the tests of adapters.
public final class StubTransport: HTTPTransport {
  /// Which requests are answered how.
  public struct Rule: Sendable {
    fileprivate let matches: @Sendable (HTTPRequest) -> Bool
    fileprivate let answers: [@Sendable (HTTPRequest) throws -> HTTPResponse]

    /// Makes a rule; its answers are given in order, the last one for ever.
    public init(
      matching matches: @escaping @Sendable (HTTPRequest) -> Bool,
      answers: [@Sendable (HTTPRequest) throws -> HTTPResponse]
    ) {
      self.matches = matches
      self.answers = answers
    }

    /// Answers requests of a method (`GET`) whose path ends as given.
    public static func on(
      _ method: String, _ pathSuffix: String, status: Int = 200, headers: HTTPHeaders = [:], json: String = ""
    ) -> Self {
      Self(
        matching: { $0.method == method && $0.url.path.hasSuffix(pathSuffix) },
        answers: [{ HTTPResponse(status: status, headers: headers, body: Data(json.utf8), url: $0.url) }])
    }
  }

  private struct State {
    var requests: [HTTPRequest] = []
    var answered: [Int: Int] = [:]
  }
  private let state = Mutex(State())
  private let answer: @Sendable (HTTPRequest) async throws -> HTTPResponse
  private let rules: [Rule]

  /// Makes a transport that asks `answer`.
  public init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> HTTPResponse) {
    self.answer = answer
    rules = []
  }

  /// Makes a transport with rules, of which the first that matches answers; without one the service is unreachable.
  public init(_ rules: [Rule]) {
    self.rules = rules
    answer = { throw TransportError.unreachable("no rule matches \($0.method) \($0.url.path)") }
  }

  /// What was asked so far, in order of arrival.
  public var requests: [HTTPRequest] { state.withLock { $0.requests } }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension StubTransport {
  public func send(_ request: HTTPRequest) async throws -> HTTPResponse {
    try Task.checkCancellation()
    let index = rules.firstIndex { $0.matches(request) }
    let turn = state.withLock { state in
      state.requests.append(request)
      guard let index else { return 0 }
      defer { state.answered[index, default: 0] += 1 }
      return state.answered[index, default: 0]
    }
    guard let index, let last = rules[index].answers.indices.last else { return try await answer(request) }
    return try rules[index].answers[min(turn, last)](request)
  }
}
