import Foundation
import KoalrCore
import KoalrHTTPTransport
import Testing

struct ETagTests {
  private static func client(_ stub: StubTransport, cache: some AnswerCache, token: String = "ghp_one") throws -> HTTPClient {
    HTTPClient.standard(
      service: .gitHub, origin: try url("https://api.example.com"), authorization: ("Bearer", try secret(token)), transport: stub,
      innermost: [ETagMiddleware(cache: cache)])
  }

  /// A service whose answer has the tag `"1"`.
  private static func tagged(_ body: String = "[1]") -> StubTransport {
    StubTransport { request in
      let headers: HTTPHeaders = ["ETag": "\"1\"", "X-Left": request.headers["If-None-Match"] == nil ? "9" : "8"]
      guard request.headers["If-None-Match"] != "\"1\"" else {
        return HTTPResponse(status: 304, headers: headers, url: request.url)
      }
      return HTTPResponse(status: 200, headers: headers, body: Data(body.utf8), url: request.url)
    }
  }

  @Test func `an answer that still holds is given again, with the new header fields`() async throws {
    let stub = Self.tagged()
    let client = try Self.client(stub, cache: InMemoryAnswerCache())
    for left in ["9", "8", "8"] {
      let answer = try await client.send(HTTPRequest(try url("https://api.example.com/a?page=1"), operation: "ask"))
      #expect(answer.status == 200 && answer.body == Data("[1]".utf8))
      #expect(answer.headers["X-Left"] == left)
    }
    #expect(stub.requests.map { $0.headers["If-None-Match"] } == [nil, "\"1\"", "\"1\""])
  }

  @Test(arguments: [
    ("GET", "/a", "ghp_two", "application/json"), ("GET", "/b", "ghp_one", "application/json"),
    ("GET", "/a", "ghp_one", "text/html"), ("HEAD", "/a", "ghp_one", "application/json"),
    ("POST", "/a", "ghp_one", "application/json"),
  ])
  func `another credential, address, form or method is another answer`(
    method: String, path: String, token: String, accept: String
  ) async throws {
    let stub = Self.tagged()
    let cache = InMemoryAnswerCache()
    let first = HTTPRequest(
      try url("https://api.example.com/a"), headers: ["Accept": "application/json"], operation: "ask")
    _ = try await Self.client(stub, cache: cache).send(first)
    let second = HTTPRequest(
      method, try url("https://api.example.com\(path)"), headers: ["Accept": accept], operation: "ask")
    _ = try await Self.client(stub, cache: cache, token: token).send(second)
    #expect(stub.requests.map { $0.headers["If-None-Match"] } == [nil, nil])
  }

  @Test func `failures and answers without a tag are not kept`() async throws {
    let stub = StubTransport { request in
      request.url.path == "/plain"
        ? HTTPResponse(status: 200, url: request.url) : HTTPResponse(status: 404, headers: ["ETag": "\"1\""], url: request.url)
    }
    let client = try Self.client(stub, cache: InMemoryAnswerCache())
    for path in ["/plain", "/plain", "/none", "/none"] {
      _ = try await client.send(HTTPRequest(try url("https://api.example.com\(path)"), operation: "ask"))
    }
    #expect(stub.requests.allSatisfy { $0.headers["If-None-Match"] == nil })
  }

  @Test(arguments: [(2, 1000, ["/a", "/c"]), (9, 8, ["/a", "/c"]), (9, 3, []), (0, 1000, [])])
  func `what was used last stays within the number and the bytes`(entries: Int, bytes: Int, kept: [String]) async throws {
    let cache = InMemoryAnswerCache(maximumEntries: entries, maximumBytes: bytes)
    func key(_ path: String) throws -> AnswerKey {
      AnswerKey(url: try url("https://api.example.com\(path)"), accept: "", credential: "")
    }
    for path in ["/a", "/b"] { await cache.keep(KeptAnswer(tag: "1", headers: [:], body: Data("four".utf8)), for: try key(path)) }
    _ = await cache.answer(for: try key("/a"))
    await cache.keep(KeptAnswer(tag: "1", headers: [:], body: Data("four".utf8)), for: try key("/c"))
    var found: [String] = []
    for path in ["/a", "/b", "/c"] where await cache.answer(for: try key(path)) != nil { found.append(path) }
    #expect(found == kept)
  }

  @Test func `a key holds a hash of the credential, and no rendering shows a query or a body`() async throws {
    let print = ETagMiddleware.processFingerprint("Bearer ghp_sentinel")
    #expect(!print.contains("sentinel") && print == ETagMiddleware.processFingerprint("Bearer ghp_sentinel"))
    #expect(print != ETagMiddleware.processFingerprint("Bearer ghp_other"))
    let key = AnswerKey(url: try url("https://api.example.com/a?secret=1"), accept: "", credential: print)
    let answer = KeptAnswer(tag: "1", headers: ["X": "secret"], body: Data("secret".utf8))
    #expect(!"\(key) \(answer) \(String(reflecting: key)) \(String(reflecting: answer))".contains("secret"))
  }
}
