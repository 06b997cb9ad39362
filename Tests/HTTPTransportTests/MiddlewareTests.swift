import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

struct MiddlewareTests {
  @Test(arguments: [
    ("https://api.example.com/a", true), ("https://API.example.com:443/a", true), ("http://api.example.com/a", false),
    ("https://api.example.com:8443/a", false), ("https://evil.com/api.example.com", false),
    ("https://api.example.com.evil.com/", false), ("https://x@api.example.com/", false),
    ("https://api.example.com@evil.com/", false),
  ])
  func `the credential goes to its own origin only`(address: String, belongs: Bool) async throws {
    let stub = StubTransport { HTTPResponse(status: 200, url: $0.url) }
    let client = HTTPClient.standard(
      service: .gitHub, origin: try url("https://api.example.com/base"), authorization: ("Bearer", try secret("ghp_sentinel")),
      transport: stub)
    _ = try await client.send(
      HTTPRequest(try url(address), headers: ["authorization": "Basic mine"], operation: "ask"))
    #expect(stub.requests.map { $0.headers["Authorization"] } == [belongs ? "Bearer ghp_sentinel" : nil])
  }

  @Test func `a token never follows a redirect to another port`() async throws {
    let other = try LoopbackServer { _, wire in wire.answer(200) }
    let target = try other.url("/stolen").absoluteString
    let server = try LoopbackServer { _, wire in wire.answer(302, ["Location": target]) }
    let client = HTTPClient.standard(
      service: .gitHub, origin: try server.url(), authorization: ("Bearer", try secret("ghp_sentinel")),
      transport: URLSessionTransport())
    let response = try await client.send(HTTPRequest(try server.url("/start"), operation: "ask"))
    #expect(response.status == 302)
    #expect(other.received.isEmpty)
    #expect(server.received.map { $0.headers["authorization"] } == ["Bearer ghp_sentinel"])
  }

  @Test(arguments: [
    (301, "GET", true), (302, "HEAD", true), (303, "GET", true), (301, "POST", false), (303, "POST", false),
    (307, "POST", true), (308, "GET", true), (300, "GET", false), (304, "GET", false),
  ])
  func `a redirect on the same origin is followed where the method allows`(
    status: Int, method: String, isFollowed: Bool
  ) async throws {
    let stub = StubTransport { request in
      request.url.path == "/new"
        ? HTTPResponse(status: 200, url: request.url)
        : HTTPResponse(status: status, headers: ["Location": "/new?page=2"], url: request.url)
    }
    let client = client(stub, RedirectMiddleware())
    let response = try await client.send(
      HTTPRequest(method, try url("https://a.example/old"), body: Data("x".utf8), operation: "ask"))
    #expect(response.status == (isFollowed ? 200 : status))
    guard isFollowed else { return }
    #expect(stub.requests.map(\.method) == [method, method])
    #expect(stub.requests.last?.body == Data("x".utf8))
    #expect(response.url.absoluteString == "https://a.example/new?page=2")
  }

  @Test func `a circle of redirects ends at the limit`() async throws {
    let stub = StubTransport { HTTPResponse(status: 302, headers: ["Location": "/again"], url: $0.url) }
    let response = try await client(stub, RedirectMiddleware(limit: 5)).send(
      HTTPRequest(try url("https://a.example/"), operation: "ask"))
    #expect(response.status == 302)
    #expect(stub.requests.count == 6)
  }

  @Test func `each attempt is reported, the credential is not`() async throws {
    let observer = RecordingObserver()
    let answers = Mutex([500, 200])
    let stub = StubTransport { HTTPResponse(status: answers.withLock { $0.removeFirst() }, url: $0.url) }
    let client = HTTPClient.standard(
      service: .codecov, origin: try url("https://a.example/"), authorization: ("bearer", try secret("ghp_sentinel")),
      transport: stub, retry: RetryPolicy(jitter: { 1 }), clock: ManualClock.skipping(), observer: observer)
    _ = try await client.send(HTTPRequest(try url("https://a.example/x?token=q"), operation: "ask politely"))
    #expect(observer.requests == [500, 200])
    #expect(observer.retries == ["codecov ask politely 1 0.5 seconds the service failed (500)"])
  }

  @Test func `no rendering of a request, an answer or an error shows a token, a query or a body`() async throws {
    let server = try LoopbackServer { _, wire in wire.answer(200, ["Set-Token": "sentinel"], Array("{\"sentinel\": 1}".utf8)) }
    let failures = try [
      address(LoopbackServer.closedPort(), "/a?access_token=sentinel"), url("ftp://a.example/?sentinel"),
      url("http://sentinel.invalid/?access_token=sentinel"),
    ]
    var texts: [String] = []
    for address in failures {
      let client = HTTPClient.standard(
        service: .gitHub, origin: address, authorization: ("Bearer", try secret("sentinel")),
        transport: URLSessionTransport(requestTimeout: .seconds(2)), retry: RetryPolicy(maximumAttempts: 1))
      do {
        _ = try await client.send(HTTPRequest("POST", address, body: Data("sentinel".utf8), operation: "ask"))
        Issue.record("\(address.path) answered")
      } catch { texts.append(renderings(of: error)) }
    }
    let request = HTTPRequest(
      "POST", try server.url("/a?q=sentinel"), headers: ["Authorization": "sentinel"], body: Data("sentinel".utf8),
      operation: "ask")
    let response = try await URLSessionTransport().send(request)
    texts += ["\(request) \(response) \(request.headers)", String(reflecting: request), String(reflecting: response)]
    do { _ = try response.json([String: String].self, service: .gitHub, operation: "ask") } catch {
      texts.append(renderings(of: error))
    }
    for text in texts { #expect(!text.replacing("the field sentinel", with: "").contains("sentinel")) }
    #expect(texts.count == 7)
  }

  private func client(_ transport: some HTTPTransport, _ step: any HTTPMiddleware) -> HTTPClient {
    HTTPClient(service: .gitHub, transport: transport, middleware: [step])
  }
}
