import Foundation
import KoalrCore
import KoalrGitHub
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

struct FailureTests {
  struct Refusal: Sendable {
    var status: Int
    var headers: HTTPHeaders = [:]
    var body = ""
    var code: IntegrationError.Code
    var retry: IntegrationError.RetryAdvice = .never
    var says: String
  }

  static let refusals = [
    Refusal(status: 401, body: #"{"message": "Bad credentials"}"#, code: .unauthorized, says: "make a new one"),
    Refusal(status: 403, headers: ["X-GitHub-SSO": "required; url=x"], code: .forbidden, says: "authorise the token for SSO"),
    Refusal(
      status: 403, body: #"{"message": "… has enabled OAuth App access restrictions, meaning …"}"#, code: .forbidden,
      says: "approve this app"),
    Refusal(
      status: 403, headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000600"], code: .rateLimited,
      retry: .after(.seconds(601)), says: "go on in 601 seconds"),
    Refusal(
      status: 429,
      headers: ["X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000600", "Date": "Mon, 21 Sep 2026 14:20:00 GMT"],
      code: .rateLimited, retry: .after(.seconds(201)), says: "hourly budget"),
    Refusal(
      status: 403, headers: ["Retry-After": "120"], body: #"{"message": "You have exceeded a secondary rate limit."}"#,
      code: .rateLimited, retry: .after(.seconds(120)), says: "secondary"),
    Refusal(status: 403, headers: ["X-Accepted-GitHub-Permissions": "metadata=read"], code: .forbidden, says: "metadata=read"),
    Refusal(status: 404, code: .notFound, says: "check the name"),
    Refusal(status: 503, body: "<!DOCTYPE html><p>no", code: .unavailable, retry: .soon, says: "status 503"),
    Refusal(status: 200, body: #"{"data": {"organ"#, code: .unexpectedResponse, says: "not JSON"),
    Refusal(status: 200, body: "{}", code: .unexpectedResponse, retry: .soon, says: "neither data nor errors"),
    Refusal(
      status: 200, body: #"{"errors": [{"type": "SOMETHING", "message": "ghp_THISisASecret"}]}"#, code: .unexpectedResponse,
      says: "SOMETHING"),
    Refusal(
      status: 200,
      body: #"{"data": {"organization": null}, "errors": [{"type": "FORBIDDEN", "extensions": {"saml_failure": true}}]}"#,
      code: .forbidden, says: "authorise the token for SSO"),
  ]

  @Test(arguments: refusals)
  func `every refusal says why and what to do, and never shows the token`(refusal: Refusal) async throws {
    let transport = StubTransport { request in
      HTTPResponse(status: refusal.status, headers: refusal.headers, body: Data(refusal.body.utf8), url: request.url)
    }
    let error = try #require(
      await #expect(throws: IntegrationError.self) {
        _ = try await Stub.gitHub(transport, maximumWait: .zero).repositories(after: nil)
      })
    #expect(error.code == refusal.code)
    #expect(error.retry == refusal.retry)
    #expect(error.reason.contains(refusal.says), "\(error)")
    #expect(!"\(error) \(String(reflecting: error))".contains(Stub.token))
  }

  @Test func `a dead token is an answer, not an error`() async throws {
    let transport = StubTransport([.on("GET", "/user", status: 401, json: #"{"message": "Bad credentials"}"#)])
    let connection = try await Stub.gitHub(transport).testConnection()
    #expect(connection.status == .failed)
    #expect(
      connection.message
        == "GitHub does not accept the token: it is 17 characters long instead of 40, so it was cut off; copy it "
        + "again, or make a new one if it has expired or was revoked")
    #expect(connection.organization == "acme" && transport.requests.count == 1)
    #expect(connection.testedAt == Stub.now)
  }

  @Test(arguments: [(1, true), (3, true), (4, false)])
  func `a gateway that gives up now and then does not fail the connection`(failures: Int, connects: Bool) async throws {
    let left = Mutex(failures)
    let answer = #"{"data": {"viewer": {"login": "mona"}, "organization": {"id": "O", "login": "acme"}}}"#
    let transport = StubTransport { request in
      guard request.method == "POST" else {
        return HTTPResponse(status: 200, body: Data(#"{"login": "mona"}"#.utf8), url: request.url)
      }
      let fails = left.withLock { left in
        left -= 1
        return left >= 0
      }
      return HTTPResponse(status: fails ? 502 : 200, body: Data((fails ? "<html>" : answer).utf8), url: request.url)
    }
    let connection = try? await Stub.gitHub(transport).testConnection()
    #expect((connection?.account == "mona") == connects)
    #expect(transport.requests.count { $0.method == "POST" } == min(failures + 1, 4))
  }

  @Test func `an author that GitHub leaves out with an error is not taken for one without an account`() async throws {
    let transport = Stub.graphQL { _ in
      #"{"data": {"c0": null}, "errors": [{"type": "SERVICE_UNAVAILABLE", "path": ["c0"], "message": "x"}]}"#
    }
    let sample = AuthorSample(repository: Stub.repository(), sha: CommitID(unchecked: Stub.sha("a")))
    await #expect(throws: IntegrationError.self) { _ = try await Stub.gitHub(transport).authors(of: [sample]) }
  }

  @Test func `one question is in flight at a time, and only reads are sent`() async throws {
    let inFlight = Mutex((now: 0, most: 0))
    let transport = StubTransport { request in
      inFlight.withLock { count in
        count.now += 1
        count.most = max(count.most, count.now)
      }
      for _ in 0..<20 { await Task.yield() }
      inFlight.withLock { $0.now -= 1 }
      return HTTPResponse(status: 200, body: Data(Stub.page([]).utf8), url: request.url)
    }
    let observer = RecordingObserver()
    let gitHub = try Stub.gitHub(transport, observer: observer)
    try await withThrowingTaskGroup { group in
      for _ in 0..<8 { group.addTask { _ = try await gitHub.changes([Stub.request()]) } }
      try await group.waitForAll()
    }
    #expect(inFlight.withLock { $0.most } == 1)
    #expect(transport.requests.count == 8)
    for request in transport.requests {
      #expect(request.method == "POST" && request.url.absoluteString == "https://api.github.com/graphql")
      #expect(request.headers["X-GitHub-Api-Version"] == "2022-11-28")
      #expect(request.headers["Accept"] == "application/vnd.github+json")
      #expect(request.headers["User-Agent"]?.isEmpty == false)
      #expect(!String(decoding: request.body ?? Data(), as: UTF8.self).contains("mutation"))
    }
    let points = observer.events.count { event in
      if case .charge(.gitHub, "points", 1) = event { true } else { false }
    }
    #expect(points == 8)
  }

  @Test func `names from outside travel as variables`() async throws {
    let transport = Stub.graphQL { _ in #"{"data": {"organization": null}}"# }
    let token = try #require(Secret(Stub.token))
    let gitHub = GitHubCodeHost(organization: #"a") { evil }"#, token: token, transport: transport)
    _ = try? await gitHub.repositories(after: Cursor(#"x") { evil }"#))
    let body = try JSONSerialization.jsonObject(with: try #require(transport.requests.first?.body)) as? [String: Any]
    #expect((body?["query"] as? String)?.contains("evil") == false)
    #expect((body?["variables"] as? [String: Any])?["login"] as? String == #"a") { evil }"#)
  }
}
