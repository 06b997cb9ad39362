import KoalrCodecov
import KoalrCore
import KoalrTesting
import PeerSupport
import Testing

/// Tokens, addresses and broken answers, against the peers; one after the other, because faults hold for all requests.
@Suite(.serialized, .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct CodecovPeerTests {
  let world: World
  let repository: Repository
  let now: Date

  init() async throws {
    world = try await World.seed(World.faults)
    try await world.reset()
    repository = try world.repository(try #require(world.truth.repositories.first))
    now = world.now
  }

  @Test(arguments: ["", "/", "/api/v2", "/api/v2/"])
  func `a good token connects, whichever form the address has`(address: String) async throws {
    let connection = try await world.codecov(address: address).testConnection()
    #expect(connection.status == .connected && connection.message == nil)
    #expect(connection.capabilities.map(\.available) == [true, true])
    #expect(connection.testedAt == now)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: ["expired", "not-a-token"])
  func `a dead token is an answer that names the two kinds of token`(token: String) async throws {
    let connection = try await world.codecov(token).testConnection()
    #expect(connection.status == .failed)
    let message = try #require(connection.message)
    #expect(message.contains("API token") && message.contains("upload token") && message.contains("Settings → Access"))
    await #expect { _ = try await world.codecov(token).measuredRepositories(after: nil) } throws: {
      ($0 as? IntegrationError)?.code == .unauthorized
    }
  }

  @Test(arguments: ["outsider", "inactive"])
  func `an account without a seat sees public repositories only and says so`(token: String) async throws {
    let codecov = try world.codecov(token)
    let connection = try await codecov.testConnection()
    #expect(connection.capabilities.last?.available == nil)
    #expect(connection.capabilities.last?.reason?.contains("activate a seat") == true)
    #expect(connection.capabilities.first?.available == true)
    let hidden = try #require(world.truth.repositories.first { $0.private && $0.coverage?.sha != nil })
    await #expect {
      _ = try await codecov.coverage(of: try world.repository(hidden), trendSince: now, now: now)
    } throws: {
      ($0 as? IntegrationError)?.code == .forbidden
    }
  }

  @Test func `an organisation that the token does not see is named`() async throws {
    let connection = try await world.codecov(organization: "elsewhere").testConnection()
    #expect(connection.status == .failed && connection.message?.contains("elsewhere is not among the owners") == true)
  }

  @Test func `a failure that passes is tried again`() async throws {
    try await world.fault(#"{"kind": "status", "status": 500, "times": 2}"#)
    let clock = ManualClock(startingAt: now, skipsSleep: true)
    #expect(try await world.codecov(clock: clock).coverage(of: repository, trendSince: now, now: now) != nil)
    #expect(clock.skippedSleeps.count == 2)
  }

  @Test(arguments: [
    (#"{"kind": "status", "status": 500}"#, IntegrationError.Code.unavailable),
    (#"{"kind": "status", "status": 429}"#, .rateLimited),
    (#"{"kind": "status", "status": 502, "html": true}"#, .unavailable),
    (#"{"kind": "reset"}"#, .unavailable),
    (#"{"kind": "truncate"}"#, .unavailable),
    (#"{"kind": "malformed"}"#, .unexpectedResponse),
    (#"{"kind": "loop"}"#, .unexpectedResponse),
    (#"{"kind": "nulls", "fields": ["results"]}"#, .unexpectedResponse),
  ])
  func `a failure that lasts says what kind it is`(fault: String, code: IntegrationError.Code) async throws {
    try await world.fault(fault)
    await #expect { _ = try await world.codecov().measuredRepositories(after: nil) } throws: {
      ($0 as? IntegrationError)?.code == code
    }
  }

  @Test func `the token goes to no other host`() async throws {
    try await world.fault(#"{"kind": "foreign_next"}"#)
    await #expect { _ = try await world.codecov().changeCoverage(in: repository, since: world.since, after: nil) } throws: {
      ($0 as? IntegrationError)?.code == .unexpectedResponse
    }
    try await world.fault(#"{"kind": "redirect", "status": 302}"#)
    _ = try? await world.codecov().measuredRepositories(after: nil)
    #expect(try await world.complaints() == [])
  }

  @Test(arguments: [
    (401, "Github API unauthorized error: Unauthorized", IntegrationError.Code.forbidden),
    (403, "Github API rate limit error: Forbidden", .rateLimited),
    (403, "Github API: Forbidden", .forbidden),
    (404, "Github API: Not Found", .forbidden),
  ])
  func `an error of the code host is not a dead token`(status: Int, detail: String, code: IntegrationError.Code) async throws {
    try await world.fault(
      #"{"kind": "status", "status": \#(status), "body": {"detail": "\#(detail)"}, "match": {"path": "/commits"}}"#)
    await #expect { _ = try await world.codecov().coverage(of: repository, trendSince: now, now: now) } throws: {
      ($0 as? IntegrationError)?.code == code
    }
  }

  @Test func `pages that shift lose no change`() async throws {
    let codecov = try world.codecov()
    let entry = try #require(world.truth.repositories.first)
    try await world.fault(#"{"kind": "drift", "shift": 3}"#)
    let first = try await codecov.changeCoverage(in: repository, since: world.since, after: nil)
    let next: Cursor = try #require(first.next)
    let second = try await codecov.changeCoverage(in: repository, since: world.since, after: next)
    let numbers = (first.elements + second.elements).map(\.number)
    #expect(second.next == nil && numbers.count > Set(numbers).count)
    #expect(Set(numbers) == Set(entry.pulls.filter { $0.inWindow && $0.coverage != nil }.map(\.number)))
  }

  @Test func `fields that are null leave gaps, not errors`() async throws {
    try await world.fault(#"{"kind": "nulls", "fields": ["pullid", "base_totals", "name", "hits"]}"#)
    let codecov = try world.codecov()
    let changes = try await codecov.changeCoverage(in: repository, since: .distantPast, after: nil)
    #expect(changes.elements == [] && changes.gaps.first?.why.contains("without a number") == true)
    #expect(try await codecov.measuredRepositories(after: nil).gaps.count == 1)
    let coverage = try #require(try await codecov.coverage(of: repository, trendSince: now, now: now))
    #expect(coverage.hits == nil && coverage.lines == nil && coverage.percent != nil)
  }
}
