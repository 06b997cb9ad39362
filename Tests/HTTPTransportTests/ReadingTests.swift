import Foundation
import KoalrCore
import KoalrHTTPTransport
import Testing

struct ReadingTests {
  @Test(arguments: [
    ("<https://a.example/x?page=2>; rel=\"next\", <https://a.example/x?page=9>; rel=\"last\"", "https://a.example/x?page=2"),
    ("<https://a.example/x?a=1,2;3>;title=\"a, b; <c>\";REL=next", "https://a.example/x?a=1,2;3"),
    ("</y?page=2> ; rel = \"prev next\"", "https://a.example/y?page=2"),
    ("<?page=2>; rel=next", "https://a.example/x?page=2"),
    ("<https://a.example/1>; rel=\"last\"", nil), ("", nil), ("<https://a.example/1", nil), (";;;=<>", nil),
    ("<https://a.example/1>; rel=\"ne", nil), ("<a>;;;,,,<https://a.example/2>; title=\"\\\"\"; rel=next", "https://a.example/2"),
  ])
  func `the next page is found in a Link header`(header: String, next: String?) throws {
    let link = LinkHeader(header, relativeTo: try url("https://a.example/x"))
    #expect(link["next"]?.absoluteString == next)
  }

  @Test(arguments: [
    ("https://a.example/2", true), ("https://b.example/2", false), ("http://a.example/2", false), ("//b.example/2", false),
    ("https://a.example:444/2", false), ("/2", true), ("https://a.example@b.example/", false), ("https://u:p@a.example/", false),
    ("https://a.example\\@b.example/", false),
  ])
  func `a next page on another origin is refused`(link: String, isFollowed: Bool) throws {
    let response = HTTPResponse(
      status: 200, headers: ["Link": "<\(link)>; rel=\"next\""], url: try url("https://a.example/1"))
    let next = Result { try response.nextLink(service: .gitHub, operation: "list pages") }
    let inBody = Result { try response.followableLink(link, service: .gitHub, operation: "list pages") }
    guard !isFollowed else {
      #expect(try next.get()?.absoluteString == "https://a.example/2")
      #expect(try inBody.get().absoluteString == "https://a.example/2")
      return
    }
    for failure in [next.map { _ in }, inBody.map { _ in }] {
      let error = #expect(throws: IntegrationError.self) { try failure.get() }
      #expect(
        error?.description
          == "github: could not list pages: the link to the next page leads to another host and was not followed; "
          + "check the address of the service")
    }
  }

  struct Page: Decodable, Sendable, Equatable {
    struct Item: Decodable, Sendable, Equatable {
      var name: String
      var at: Date
    }
    var items: [Item]
    var byKey: [String: Int]?
  }

  @Test func `times are read with and without fractions`() throws {
    let page = try decode(
      #"{"items": [{"name": "a", "at": "2026-11-20T12:00:00Z"}, {"name": "b", "at": "2026-11-20T14:00:00.500+02:00"}]}"#)
    #expect(page.items.map { $0.at.timeIntervalSince1970 } == [1_795_176_000, 1_795_176_000.5])
  }

  @Test(arguments: [
    (#"{"items": [{"name": "a", "at": "sentinel"}]}"#, "the field items[0].at has an impossible value (status 200)"),
    (#"{"items": [{"at": "sentinel"}]}"#, "the field items[0].name is missing (status 200)"),
    (#"{"items": [{"name": null, "at": "sentinel"}]}"#, "the field items[0].name is null (status 200)"),
    (#"{"items": "sentinel"}"#, "the field items is not a list (status 200)"),
    (#"["sentinel"]"#, "the answer is not an object (status 200)"),
    ("<html>sentinel", "the answer is not JSON of the expected form (status 200)"),
    ("", "the answer is not JSON of the expected form (status 200)"),
    (#"{"items": [], "byKey": {"sentinel@mail": "x"}}"#, "the field byKey.… is not a whole number (status 200)"),
  ])
  func `an answer that does not fit names the field and not its content`(body: String, reason: String) throws {
    let error = #expect(throws: IntegrationError.self) { try decode(body) }
    #expect(error?.reason == reason)
    #expect(error?.code == .unexpectedResponse)
    #expect(!renderings(of: try #require(error)).contains("sentinel"))
  }

  @Test(arguments: [
    ("https://a.example", ["repos", "a/b", "c d"], "https://a.example/repos/a%2Fb/c%20d"),
    ("https://a.example/api/v3/", ["feature/ä+b&c?d#e%2F"], "https://a.example/api/v3/feature%2F%C3%A4%2Bb%26c%3Fd%23e%252F"),
    ("http://127.0.0.1:8080/x?old=1#f", ["…"], "http://127.0.0.1:8080/x/%E2%80%A6"),
    ("http://[::1]:8080/", ["a:b@c"], "http://[::1]:8080/a%3Ab%40c"),
  ])
  func `each segment stays one segment`(base: String, segments: [String], expected: String) throws {
    #expect(try url(base).endpoint(segments, service: .snyk, operation: "ask").absoluteString == expected)
  }

  @Test func `query values arrive as they were`() throws {
    let query: [(name: String, value: String?)] = [("q", "a+b&c=d e/é"), ("none", nil), ("empty", ""), ("cursor[x]", "=")]
    let address = try url("https://a.example/v1").endpoint(
      ["s"], query: query, trailingSlash: true, service: .snyk, operation: "ask")
    #expect(address.absoluteString == "https://a.example/v1/s/?q=a%2Bb%26c%3Dd%20e%2F%C3%A9&empty=&cursor%5Bx%5D=%3D")
  }

  @Test(arguments: [["a", ".."], ["."], [""]])
  func `a segment that would lead elsewhere is refused`(segments: [String]) throws {
    let base = try url("https://a.example/")
    let error = #expect(throws: IntegrationError.self) { try base.endpoint(segments, service: .snyk, operation: "ask") }
    #expect(error?.code == .misconfigured)
  }

  @Test func `a stub answers by rule, in turn, and remembers`() async throws {
    let failure: @Sendable (HTTPRequest) -> HTTPResponse = { HTTPResponse(status: 500, url: $0.url) }
    let success: @Sendable (HTTPRequest) -> HTTPResponse = { HTTPResponse(status: 200, url: $0.url) }
    let posts = StubTransport.Rule(matching: { $0.method == "POST" }, answers: [failure, success])
    let stub = StubTransport([.on("GET", "/a", json: "1"), posts])
    let address = try url("https://x.example/a")
    let statuses = [
      try await stub.send(HTTPRequest(address, operation: "ask")).status,
      try await stub.send(HTTPRequest("POST", address, operation: "ask")).status,
      try await stub.send(HTTPRequest("POST", address, operation: "ask")).status,
      try await stub.send(HTTPRequest("POST", address, operation: "ask")).status,
    ]
    #expect(statuses == [200, 500, 200, 200])
    #expect(stub.requests.map(\.method) == ["GET", "POST", "POST", "POST"])
    await #expect(throws: TransportError.unreachable("no rule matches GET /b")) {
      try await stub.send(HTTPRequest(try url("https://x.example/b?q=1"), operation: "ask"))
    }
  }

  private func decode(_ text: String) throws -> Page {
    try HTTPResponse(status: 200, body: Data(text.utf8), url: try url("https://a.example/")).json(
      Page.self, service: .snyk, operation: "list things")
  }
}
