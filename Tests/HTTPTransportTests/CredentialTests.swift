import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

struct CredentialTests {
  /// Gives numbered tokens, and a replacement for each one until there are no more.
  private final class Tokens: CredentialSource {
    private let state: Mutex<(tokens: [String], asked: Int)>
    init(_ tokens: String...) { state = Mutex((tokens, 0)) }
    var asked: Int { state.withLock { $0.asked } }

    func token() async throws -> Secret {
      try state.withLock { state in
        state.asked += 1
        return try secret(state.tokens[0])
      }
    }

    func replacement(for refused: Secret) async throws -> Secret? {
      try state.withLock { state in
        #expect(refused.reveal() == state.tokens[0])
        state.tokens.removeFirst()
        return try state.tokens.first.map { try secret($0) }
      }
    }
  }

  private func client(_ credential: some CredentialSource, _ stub: StubTransport) throws -> HTTPClient {
    HTTPClient(
      service: .gitHub, transport: stub,
      middleware: [
        AuthorizationMiddleware(scheme: "Bearer", credential: credential, origin: try url("https://api.example.com"))
      ])
  }

  /// A service that accepts one token.
  private func service(accepting token: String) -> StubTransport {
    StubTransport { HTTPResponse(status: $0.headers["Authorization"] == "Bearer \(token)" ? 200 : 401, url: $0.url) }
  }

  @Test(arguments: ["GET", "POST", "DELETE"])
  func `a refused request is sent once more with the replacement`(method: String) async throws {
    let stub = service(accepting: "second")
    let response = try await client(Tokens("first", "second"), stub).send(
      HTTPRequest(
        method, try url("https://api.example.com/a"), body: Data("x".utf8), operation: "ask", isIdempotent: method == "GET"))
    #expect(response.status == 200)
    #expect(stub.requests.map { $0.headers["Authorization"] } == ["Bearer first", "Bearer second"])
    #expect(stub.requests.map(\.body) == [Data("x".utf8), Data("x".utf8)])
  }

  @Test func `a replacement that is refused too is the answer`() async throws {
    let stub = service(accepting: "another")
    let response = try await client(Tokens("first", "second", "third"), stub).send(
      HTTPRequest(try url("https://api.example.com/a"), operation: "ask"))
    #expect(response.status == 401 && stub.requests.count == 2)
  }

  @Test func `a fixed token has no replacement`() async throws {
    let stub = service(accepting: "another")
    let response = try await client(try secret("first"), stub).send(
      HTTPRequest(try url("https://api.example.com/a"), operation: "ask"))
    #expect(response.status == 401 && stub.requests.count == 1)
  }

  @Test func `another origin is not even a reason to ask for the token`() async throws {
    let stub = StubTransport { HTTPResponse(status: 401, url: $0.url) }
    let tokens = Tokens("first", "second")
    let response = try await client(tokens, stub).send(
      HTTPRequest(try url("https://elsewhere.example/"), headers: ["Authorization": "mine"], operation: "ask"))
    #expect(response.status == 401 && tokens.asked == 0)
    #expect(stub.requests.map { $0.headers["Authorization"] } == [nil])
  }
}
