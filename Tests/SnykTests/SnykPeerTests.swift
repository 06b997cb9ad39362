import KoalrCore
import KoalrSnyk
import KoalrTesting
import PeerSupport
import Testing

/// Tokens, addresses, links and broken answers, against the peers; one after the other, because faults hold for all requests.
@Suite(.serialized, .enabled(if: Peers.available, Comment(rawValue: Peers.absence)))
struct SnykPeerTests {
  let world: World

  init() async throws {
    world = try await World.seed(World.faults)
    try await world.reset()
  }

  private var open: Int {
    world.truth.repositories.flatMap(\.security).flatMap(\.issues).count { $0.status == "open" }
  }

  @Test(arguments: [
    ("apiKey", ""), ("apiKey", "/rest"), ("apiKey", "/rest/"), ("readOnly", ""), ("serviceAccount", ""), ("oauth", ""),
    ("eu", "/eu"),
    ("eu", "/eu/rest"),
  ])
  func `a good token connects and reads findings`(token: String, address: String) async throws {
    let snyk = try world.snyk(token, address: address)
    let connection = try await snyk.testConnection()
    #expect(connection.status == .connected && connection.organization == world.truth.snyk.slug)
    #expect(connection.account != nil && connection.capabilities.map(\.available) == [true, nil])
    let run = try await world.all(of: snyk)
    #expect(run.gaps == [] && run.findings.values.count { $0.finding.status == .open } == open)
    #expect(try await world.complaints() == [])
  }

  @Test func `an organisation is found by id, slug or name, and else named as missing`() async throws {
    for name in [world.truth.snyk.orgId, world.truth.snyk.slug, world.truth.snyk.slug.uppercased()] {
      #expect(try await world.snyk(organization: name).testConnection().status == .connected)
    }
    let connection = try await world.snyk(organization: "elsewhere").testConnection()
    #expect(connection.status == .failed)
    #expect(
      connection.message?.contains(#"shows this token no organisation "elsewhere"; it sees \#(world.truth.snyk.slug)"#) == true)
  }

  @Test(arguments: [("eu", ""), ("not-a-token", ""), ("apiKey", "/eu")])
  func `a token that is dead here is an answer with advice`(token: String, address: String) async throws {
    let connection = try await world.snyk(token, address: address).testConnection()
    #expect(connection.status == .failed && connection.message?.contains("that of your region") == true)
    await #expect { _ = try await world.all(of: try world.snyk(token, address: address)) } throws: {
      ($0 as? IntegrationError)?.code == .unauthorized
    }
  }

  @Test func `a token without an organisation is told from a dead one`() async throws {
    let connection = try await world.snyk("noAccess").testConnection()
    #expect(connection.status == .failed && connection.account != nil)
    #expect(connection.message?.contains("Snyk accepts the token, which sees no organisation") == true)
  }

  @Test(arguments: ["mixed", "bare", "rest", "absolute", "object"])
  func `every form of link leads through all pages`(form: String) async throws {
    try await world.control("links", #"{"form": "\#(form)"}"#)
    let run = try await world.all(of: try world.snyk())
    #expect(run.findings.values.count { $0.finding.status == .open } == open && open > 100)
    #expect(try await world.complaints() == [])
  }

  @Test func `a run asks once for projects and once for each project with something to mend`() async throws {
    _ = try await world.all(of: try world.snyk(organization: world.truth.snyk.slug))
    let log = try await world.requests()
    let mendable = world.truth.repositories.flatMap(\.security).count { project in
      project.issues.contains { $0.status == "open" && $0.type == "package_vulnerability" && $0.fixedIn != nil }
    }
    #expect(log["POST /v1/org/{org_id}/project/{project_id}/aggregated-issues"] == mendable)
    #expect(log["GET /rest/orgs"] == 1 && log["GET /rest/self"] == nil)
  }

  @Test func `the rest of the minute is waited for`() async throws {
    try await world.control("faults", #"{"kind": "rate_limit", "times": 2}"#)
    let clock = ManualClock(startingAt: world.now, skipsSleep: true)
    #expect(try await world.snyk(clock: clock).testConnection().status == .connected)
    #expect(clock.skippedSleeps == [.seconds(60), .seconds(60)])
  }

  @Test(arguments: [
    (#"{"kind": "rate_limit"}"#, IntegrationError.Code.rateLimited),
    (#"{"kind": "status", "status": 500}"#, .unavailable), (#"{"kind": "reset"}"#, .unavailable),
    (#"{"kind": "malformed"}"#, .unexpectedResponse), (#"{"kind": "loop"}"#, .unexpectedResponse),
    (#"{"kind": "foreign_next"}"#, .unexpectedResponse), (#"{"kind": "status", "status": 410}"#, .forbidden),
    (#"{"kind": "status", "status": 403}"#, .forbidden), (#"{"kind": "nulls", "fields": ["data"]}"#, .unexpectedResponse),
  ])
  func `a failure that lasts says what kind it is`(fault: String, code: IntegrationError.Code) async throws {
    try await world.control("faults", fault)
    await #expect { _ = try await world.all(of: try world.snyk()) } throws: { ($0 as? IntegrationError)?.code == code }
    #expect(try await world.complaints() == [])
  }

  @Test func `pages that shift lose no finding`() async throws {
    try await world.control("faults", #"{"kind": "drift", "shift": 3}"#)
    let run = try await world.all(of: try world.snyk())
    #expect(run.rows > run.findings.count)
    #expect(run.findings.values.count { $0.finding.status == .open } == open)
  }

  @Test func `a refusal of v1 is one gap and leaves fix versions unknown`() async throws {
    try await world.control("faults", #"{"kind": "status", "status": 403, "match": {"path": "/v1/"}}"#)
    let run = try await world.all(of: try world.snyk())
    #expect(run.gaps.map(\.what) == ["fix versions of Snyk findings"])
    #expect(run.findings.values.count { $0.finding.status == .open } == open)
    #expect(run.findings.values.allSatisfy { $0.finding.fixedIn == nil })
  }

  @Test func `one project that v1 does not know is a gap of its own`() async throws {
    try await world.control("faults", #"{"kind": "status", "status": 404, "times": 1, "match": {"path": "/v1/"}}"#)
    let run = try await world.all(of: try world.snyk())
    #expect(run.gaps.count == 1 && run.gaps.first?.what.hasPrefix("fix versions of Snyk project ") == true)
    #expect(run.findings.values.contains { $0.finding.fixedIn != nil })
  }

  @Test func `fields that are null leave gaps, not errors`() async throws {
    let fields = #"["title", "scan_item", "effective_severity_level", "severities", "coordinates", "target"]"#
    try await world.control("faults", #"{"kind": "nulls", "fields": \#(fields), "match": {"path": "/issues"}, "times": 1}"#)
    let page = try await world.snyk().findings(in: try world.directory(), since: .distantPast, after: nil)
    #expect(page.elements.isEmpty && page.gaps.count == 1 && page.next != nil)
  }
}
