import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrTesting
import Synchronization
import Testing

struct RetryTests {
  /// A script of answers: a status, or 0 for a connection that breaks.
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var statuses: [Int]
    var retryAfter: String?
    var isIdempotent = true
    var sleeps: [Duration]
    var end: Int
    var told: Duration?
    var testDescription: String { name }
  }

  static let now = Date(timeIntervalSince1970: 1_800_000_000)  // Fri, 15 Jan 2027 08:00:00 GMT
  static let cases = [
    Case(name: "success", statuses: [200], sleeps: [], end: 200),
    Case(
      name: "server failures", statuses: [500, 502, 503, 200], sleeps: [.seconds(1), .seconds(2), .seconds(4)], end: 200),
    Case(
      name: "the last attempt's answer", statuses: [500, 500, 500, 503], sleeps: [.seconds(1), .seconds(2), .seconds(4)],
      end: 503),
    Case(name: "not implemented", statuses: [501], sleeps: [], end: 501),
    Case(name: "not found", statuses: [404], sleeps: [], end: 404),
    Case(name: "forbidden", statuses: [403], sleeps: [], end: 403),
    Case(name: "a failure that may have changed something", statuses: [500], isIdempotent: false, sleeps: [], end: 500),
    Case(name: "slow down", statuses: [429, 200], isIdempotent: false, sleeps: [.seconds(1)], end: 200),
    Case(name: "seconds", statuses: [429, 200], retryAfter: "7", sleeps: [.seconds(7)], end: 200),
    Case(name: "no seconds", statuses: [429, 200], retryAfter: "0", sleeps: [.zero], end: 200),
    Case(name: "forbidden for now", statuses: [403, 200], retryAfter: "3", sleeps: [.seconds(3)], end: 200),
    Case(
      name: "a date", statuses: [503, 200], retryAfter: "Fri, 15 Jan 2027 08:00:20 GMT", sleeps: [.seconds(20)], end: 200),
    Case(name: "a date gone by", statuses: [503, 200], retryAfter: "Fri, 15 Jan 2027 07:00:00 GMT", sleeps: [.zero], end: 200),
    Case(name: "nonsense", statuses: [429, 200], retryAfter: "soon, I promise", sleeps: [.seconds(1)], end: 200),
    Case(name: "a negative pause", statuses: [429, 200], retryAfter: "-5", sleeps: [.seconds(1)], end: 200),
    Case(name: "too long a pause", statuses: [429], retryAfter: "61", sleeps: [], end: 429, told: .seconds(61)),
    Case(
      name: "an absurd pause", statuses: [429], retryAfter: "99999999999999999999", sleeps: [], end: 429, told: .seconds(604_800)),
    Case(
      name: "too long in sum", statuses: [429, 429], retryAfter: "50", sleeps: [.seconds(50)], end: 429, told: .seconds(50)),
    Case(name: "a broken connection", statuses: [0, 0, 200], sleeps: [.seconds(1), .seconds(2)], end: 200),
  ]

  @Test(arguments: cases)
  func `pauses are as long as asked, and end`(example: Case) async throws {
    let clock = ManualClock.skipping(from: Self.now)
    let script = Mutex(example.statuses)
    let stub = StubTransport { request in
      let status = script.withLock { $0.removeFirst() }
      guard status != 0 else { throw TransportError.unreachable("the connection was lost") }
      return HTTPResponse(
        status: status, headers: HTTPHeaders(example.retryAfter.map { [("Retry-After", $0)] } ?? []), url: request.url)
    }
    let policy = RetryPolicy(firstWait: .seconds(1), maximumTotalWait: .seconds(90), jitter: { 1 })
    let response = try await client(stub, policy, clock).send(
      HTTPRequest(try url("https://a.example/"), operation: "ask", isIdempotent: example.isIdempotent))
    #expect(response.status == example.end)
    #expect(response.retryAfter == example.told)
    #expect(clock.skippedSleeps == example.sleeps)
    #expect(script.withLock { $0 }.isEmpty)
  }

  @Test(arguments: [
    (#"{"a": 1"#, "application/json; charset=utf-8", 2), (#"[{"a": 1}, "#, "application/vnd.api+json", 2),
    (#" {"a": [1]} "#, "application/json", 1), ("[]\n", "application/json", 1), ("null", "application/json", 1),
    ("", "application/json", 1), ("{ not JSON", "text/plain", 1),
  ])
  func `JSON that breaks off is asked for again`(body: String, type: String, sent: Int) async throws {
    let stub = StubTransport { request in
      HTTPResponse(status: 200, headers: ["Content-Type": type], body: Data(body.utf8), url: request.url)
    }
    let policy = RetryPolicy(maximumAttempts: 2, firstWait: .seconds(1), jitter: { 1 })
    let response = try await client(stub, policy, ManualClock.skipping(from: Self.now)).send(
      HTTPRequest(try url("https://a.example/"), operation: "ask"))
    #expect(response.body == Data(body.utf8))
    #expect(stub.requests.count == sent)
  }

  @Test(arguments: [
    (TransportError.timedOut, true, 4), (.timedOut, false, 1), (.unreachable("x"), false, 1), (.tooLarge(limit: 9), true, 1),
    (.invalidRequest("x"), true, 1),
  ])
  func `a broken exchange is tried again when that does no harm and may help`(
    error: TransportError, isIdempotent: Bool, attempts: Int
  ) async throws {
    let stub = StubTransport { _ in throw error }
    let client = client(stub, RetryPolicy(), ManualClock.skipping())
    await #expect(throws: IntegrationError.self) {
      _ = try await client.send(HTTPRequest(try url("https://a.example/"), operation: "ask", isIdempotent: isIdempotent))
    }
    #expect(stub.requests.count == attempts)
  }

  @Test func `an adapter's own verdict comes first`() async throws {
    let clock = ManualClock.skipping()
    let bodies = Mutex(["limited", "fine"])
    let stub = StubTransport { HTTPResponse(status: 200, body: Data(bodies.withLock { $0.removeFirst() }.utf8), url: $0.url) }
    let policy = RetryPolicy(verdict: {
      $0.body == Data("limited".utf8) ? .retry(after: .seconds(9), reason: "points are used up") : nil
    })
    let response = try await client(stub, policy, clock).send(HTTPRequest(try url("https://a.example/"), operation: "ask"))
    #expect(response.body == Data("fine".utf8))
    #expect(clock.skippedSleeps == [.seconds(9)])
    let stubborn = StubTransport { HTTPResponse(status: 503, url: $0.url) }
    let accepting = RetryPolicy(verdict: { _ in .accept })
    #expect(
      try await self.client(stubborn, accepting, clock).send(HTTPRequest(try url("https://a.example/"), operation: "ask")).status
        == 503)
    #expect(stubborn.requests.count == 1)
  }

  @Test func `a pause of ours is between half and all of its length`() async throws {
    for (jitter, first) in [(0.0, Duration.seconds(2)), (0.5, .seconds(3)), (1.0, .seconds(4)), (7.0, .seconds(4))] {
      let clock = ManualClock.skipping()
      let stub = StubTransport { HTTPResponse(status: 500, url: $0.url) }
      let policy = RetryPolicy(maximumAttempts: 2, firstWait: .seconds(4), jitter: { jitter })
      _ = try await client(stub, policy, clock).send(HTTPRequest(try url("https://a.example/"), operation: "ask"))
      #expect(clock.skippedSleeps == [first])
    }
  }

  @Test func `cancellation ends a pause and is not tried again`() async throws {
    let stub = StubTransport { HTTPResponse(status: 500, url: $0.url) }
    let client = client(stub, RetryPolicy(firstWait: .seconds(50)), SystemClock())
    let outcome = await withTaskGroup(of: Outcome<Int>.self) { group in
      group.addTask {
        await ending { try await client.send(HTTPRequest(try url("https://a.example/"), operation: "ask")).status }
      }
      while stub.requests.isEmpty { await Task.yield() }
      group.cancelAll()
      return await group.next()
    }
    #expect(outcome == .cancelled)
    #expect(stub.requests.count == 1)
  }

  private func client(_ transport: some HTTPTransport, _ policy: RetryPolicy, _ clock: any WallClock) -> HTTPClient {
    HTTPClient(
      service: .gitHub, transport: transport,
      middleware: [RetryMiddleware(policy: policy, clock: clock, observer: .silent, service: .gitHub)])
  }
}
