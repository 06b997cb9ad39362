import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Testing

@Suite(.timeLimit(.minutes(10)))
struct URLSessionTransportTests {
  @Test func `an answer arrives with its status, headers and body, and the service sees who asks`() async throws {
    let server = try LoopbackServer { request, wire in
      wire.answer(201, ["X-Echo": request.headers["x-mine"] ?? "none"], request.body + Array("!".utf8))
    }
    let request = HTTPRequest(
      "POST", try server.url("/a%2Fb?q=1%2B1"), headers: ["X-Mine": "7"], body: Data("hello".utf8), operation: "say hello")
    let response = try await URLSessionTransport().send(request)
    #expect(response.status == 201)
    #expect(response.headers["x-echo"] == "7")
    #expect(String(decoding: response.body, as: UTF8.self) == "hello!")
    #expect(response.url == request.url)
    let received = try #require(server.received.first)
    #expect(received.method == "POST")
    #expect(received.target == "/a%2Fb?q=1%2B1")
    #expect(received.headers["user-agent"] == "KoalrCore")
  }

  @Test(arguments: ["Basic realm=\"x\"", "Bearer", "Digest realm=\"x\", nonce=\"y\"", nil])
  func `a 401 is delivered whatever it challenges with`(challenge: String?) async throws {
    let server = try LoopbackServer { _, wire in
      wire.answer(401, challenge.map { ["WWW-Authenticate": $0] } ?? [:], Array("who?".utf8))
    }
    let response = try await URLSessionTransport().send(HTTPRequest(try server.url(), operation: "ask"))
    #expect(response.status == 401)
    #expect(String(decoding: response.body, as: UTF8.self) == "who?")
    #expect(server.received.count == 1)
  }

  @Test(arguments: [301, 302, 303, 307, 308], ["GET", "POST", "HEAD", "DELETE"])
  func `a redirect is delivered, not followed`(status: Int, method: String) async throws {
    let other = try LoopbackServer { _, wire in wire.answer(200) }
    let target = try other.url().absoluteString
    let server = try LoopbackServer { request, wire in
      wire.answer(status, ["Location": target], request.method == "HEAD" ? [] : Array("moved".utf8))
    }
    let request = HTTPRequest(method, try server.url(), headers: ["Authorization": "Bearer x"], operation: "ask")
    let response = try await URLSessionTransport().send(request)
    #expect(response.status == status)
    #expect(response.headers["location"] == target)
    #expect(other.received.isEmpty)
  }

  @Test func `cookies are not kept`() async throws {
    let server = try LoopbackServer { _, wire in wire.answer(200, ["Set-Cookie": "a=b; Path=/"]) }
    let transport = URLSessionTransport()
    for _ in 0..<2 { _ = try await transport.send(HTTPRequest(try server.url(), operation: "ask")) }
    #expect(server.received.map { $0.headers["cookie"] } == [nil, nil])
  }

  @Test(arguments: [(999, true), (1000, true), (1001, false), (3_000_000, false)])
  func `a body up to the cap is kept and a larger one refused`(size: Int, isKept: Bool) async throws {
    let server = try LoopbackServer { _, wire in wire.answer(200, [:], [UInt8](repeating: 0x61, count: size)) }
    let transport = URLSessionTransport(maximumResponseBytes: 1000)
    let outcome = await ending { try await transport.send(HTTPRequest(try server.url(), operation: "ask")).body.count }
    #expect(outcome == (isKept ? .success(size) : .failure(.tooLarge(limit: 1000))))
  }

  @Test func `the cap counts decoded bytes`() async throws {
    let packed = try #require(Data(base64Encoded: zerosPacked))
    let server = try LoopbackServer { _, wire in wire.answer(200, ["Content-Encoding": "gzip"], Array(packed)) }
    let request = HTTPRequest(try server.url(), operation: "ask")
    #expect(await ending { try await URLSessionTransport().send(request).body.count } == .success(300_000))
    let small = URLSessionTransport(maximumResponseBytes: 100_000)
    #expect(await ending { try await small.send(request).body.count } == .failure(.tooLarge(limit: 100_000)))
  }

  @Test func `an answer that never comes, or only drips, ends at the deadline`() async throws {
    let server = try LoopbackServer { request, wire in
      if request.target == "/drip" { wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n") }
      while request.target == "/drip", !wire.waitForClose(20), wire.send("x") {}
      return !wire.waitForClose()
    }
    let transport = URLSessionTransport(requestTimeout: .milliseconds(400))
    for path in ["/stall", "/drip"] {
      let request = HTTPRequest(try server.url(path), operation: "ask")
      #expect(await ending { try await transport.send(request).status } == .failure(.timedOut))
    }
  }

  @Test func `silence ends an exchange before the deadline`() async throws {
    let server = try LoopbackServer { _, wire in
      wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx")
      return !wire.waitForClose()
    }
    let transport = URLSessionTransport(requestTimeout: .seconds(3600), inactivityTimeout: .milliseconds(300))
    let request = HTTPRequest(try server.url(), operation: "ask")
    #expect(await ending { try await transport.send(request).status } == .failure(.timedOut))
  }

  @Test func `waiting for a free place is not charged to the timeout`() async throws {
    let inside = Occupancy()
    let clock = ManualClock(startingAt: Date(timeIntervalSince1970: 1_800_000_000))
    let server = try LoopbackServer { _, wire in
      inside.enter()
      clock.advance(by: .seconds(9))
      inside.leave()
      return wire.answer(200)
    }
    let transport = URLSessionTransport(
      requestTimeout: .seconds(10), inactivityTimeout: .seconds(600), maximumConcurrentRequests: 1, clock: clock)
    let request = HTTPRequest(try server.url(), operation: "ask")
    let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<8 { group.addTask { try await transport.send(request).status } }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(statuses == Array(repeating: 200, count: 8))
    #expect(inside.most == 1)
  }

  @Test(arguments: [1, 4, 20])
  func `no more requests than allowed are under way at once`(limit: Int) async throws {
    let inside = Occupancy()
    let server = try LoopbackServer { _, wire in
      inside.enter()
      wire.waitForClose(5)
      inside.leave()
      return wire.answer(200)
    }
    let transport = URLSessionTransport(maximumConcurrentRequests: limit)
    let request = HTTPRequest(try server.url(), operation: "ask")
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<60 { group.addTask { _ = try await transport.send(request) } }
      try await group.waitForAll()
    }
    #expect(server.received.count == 60)
    #expect(inside.most <= limit)
  }

  @Test(arguments: Break.allCases)
  func `a broken exchange says why in words of ours`(kind: Break) async throws {
    let server = try LoopbackServer(greeting: kind == .noTLS ? "HTTP/1.1 400 Bad\r\n\r\n" : "") { _, wire in kind.play(on: wire) }
    let port = kind == .refused ? try LoopbackServer.closedPort() : server.port
    let target = try url("\(kind == .noTLS ? "https" : "http")://127.0.0.1:\(port)/?token=ghp_sentinel")
    let outcome = await ending { try await URLSessionTransport().send(HTTPRequest(target, operation: "ask")).status }
    guard case .failure(.unreachable(let why)) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(kind.words.contains(why))
  }

  @Test(arguments: ["ftp://127.0.0.1/", "file:///etc/passwd", "http://me:pass@127.0.0.1/", "mailto:x"])
  func `an address that is no plain web address is not asked`(text: String) async throws {
    let request = HTTPRequest(try url(text), operation: "ask")
    let outcome = await ending { try await URLSessionTransport().send(request).status }
    #expect(outcome == .failure(.invalidRequest("the address is not a plain http or https address")))
  }

  @Test(arguments: ["GET", "HEAD"])
  func `a request that cannot carry a body is refused with one`(method: String) async throws {
    let request = HTTPRequest(method, try url("http://127.0.0.1:1/"), body: Data("x".utf8), operation: "ask")
    let outcome = await ending { try await URLSessionTransport().send(request).status }
    #expect(outcome == .failure(.invalidRequest("a \(method) request cannot carry a body")))
  }

  @Test func `a header field cannot smuggle another one in`() async throws {
    let request = HTTPRequest(
      try url("http://127.0.0.1:1/"), headers: ["X-Branch": "main\r\nX-Evil: 1"], operation: "ask")
    let outcome = await ending { try await URLSessionTransport().send(request).status }
    #expect(outcome == .failure(.invalidRequest("a header field of the request holds a control character")))
  }

  @Test func `a transport that is let go while answers arrive does no harm`() async throws {
    let server = try LoopbackServer { _, wire in wire.answer(200) }
    let request = HTTPRequest(try server.url(), operation: "ask")
    for _ in 0..<30 { #expect(try await URLSessionTransport().send(request).status == 200) }
  }
}

/// How the loopback server may break an exchange.
enum Break: CaseIterable {
  case refused, reset, closed, truncated, garbage, badHeader, noTLS

  func play(on wire: Wire) -> Bool {
    switch self {
    case .refused, .closed, .noTLS: break
    case .reset: wire.reset()
    case .truncated: wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
    case .badHeader: wire.send(Array("HTTP/1.1 200 OK\r\nX-Name: ".utf8) + [0xE9] + Array("\r\nContent-Length: 0\r\n\r\n".utf8))
    case .garbage: wire.send("SSH-2.0-OpenSSH_9.2\r\n\r\n")
    }
    return false
  }

  var words: [String] {
    switch self {
    case .refused: ["the host refused the connection; check the address and port"]
    case .truncated: ["the connection closed before the whole answer had arrived"]
    case .badHeader: ["the header of the answer could not be read"]
    case .noTLS:
      ["the TLS connection was not accepted; install the service's certificate authority in the system's store"]
    case .reset, .closed, .garbage: ["the connection was reset, or the answer was not HTTP", "the connection was lost"]
    }
  }
}

enum Outcome<Value: Sendable & Equatable>: Equatable, Sendable {
  case success(Value)
  case failure(TransportError)
  case cancelled
  case other(String)
}

func ending<Value: Sendable & Equatable>(_ body: () async throws -> Value) async -> Outcome<Value> {
  do { return .success(try await body()) } catch let error as TransportError { return .failure(error) } catch is CancellationError
  {
    return .cancelled
  } catch { return .other("\(error)") }
}

/// 300,000 zeros, packed with gzip.
private let zerosPacked =
  "H4sIAAAAAAACA+3BAQ0AAADCoErvn84eDig" + String(repeating: "A", count: 386) + "Pgxzc5JBeCTBAA="
