import KoalrCodecov
import KoalrCore
import KoalrHTTPTransport
import Testing

struct CodecovCoverageTests {
  private let now = ISO8601Time.parse("2026-11-20T12:00:00Z") ?? .distantPast

  private func commit(
    _ digit: String, _ state: String, _ time: String, totals: String = #"{"hits": 2, "lines": 3}"#, parent: String = "0"
  ) -> String {
    let (sha, parent) = (String(repeating: digit, count: 40), String(repeating: parent, count: 40))
    return
      #"{"commitid": "\#(sha)", "parent": "\#(parent)", "state": "\#(state)", "timestamp": "\#(time)", "totals": \#(totals)}"#
  }

  private func page(_ rows: [String], next: String = "null") -> String {
    #"{"count": 1, "next": \#(next), "results": [\#(rows.joined(separator: ","))]}"#
  }

  @Test func `the current report is the newest complete one that is older than an hour`() async throws {
    let commits = page([
      commit("a", "pending", "2026-11-20T09:00:00Z"), commit("b", "complete", "2026-11-20T11:00:01Z"),
      commit("c", "complete", "2026-11-20T10:00:00", totals: #"{"hits": 2, "lines": 3, "coverage": 66.66}"#),
      commit("d", "complete", "2026-11-19T10:00:00Z"),
    ])
    let stub = try Stub([.on("GET", "/commits", json: commits), .on("GET", "/coverage", json: page([]))])
    let found = try #require(try await stub.codecov.coverage(of: Stub.repository, trendSince: now, now: now))
    #expect(found.sha.rawValue.first == "c" && found.percent == 66.66 && found.hits == 2 && found.lines == 3)
    #expect(found.measuredAt.map(ISO8601Time.format) == "2026-11-20T10:00:00Z" && found.trend == [])
  }

  @Test func `of commits of one moment the current report is the one that no other follows`() async throws {
    let time = "2026-11-20T09:00:00Z"
    let commits = page([
      commit("d", "complete", time, parent: "c"), commit("e", "complete", time, parent: "d"), commit("c", "complete", time),
    ])
    let stub = try Stub([.on("GET", "/commits", json: commits), .on("GET", "/coverage", json: page([]))])
    let found = try #require(try await stub.codecov.coverage(of: Stub.repository, trendSince: now, now: now))
    #expect(found.sha.rawValue.first == "e")
  }

  @Test func `a branch keeps its slash and plus in the query`() async throws {
    let stub = try Stub([.on("GET", "/commits", json: page([]))])
    #expect(try await stub.codecov.coverage(of: Stub.repository, trendSince: now, now: now) == nil)
    #expect(stub.asked == ["/api/v2/github/acme/repos/shop/commits/?branch=release%2F1%2Bx&page_size=50"])
  }

  @Test func `nothing coverable is unknown, not zero`() async throws {
    let empty = #"{"hits": 0, "lines": 0, "coverage": null}"#
    let stub = try Stub([
      .on("GET", "/commits", json: page([commit("a", "complete", "2026-11-20T09:00:00Z", totals: empty)])),
      .on("GET", "/coverage", json: page([])),
    ])
    let found = try #require(try await stub.codecov.coverage(of: Stub.repository, trendSince: now, now: now))
    #expect(found.percent == nil && found.lines == 0)
  }

  @Test func `the trend asks for whole days and leaves out the point carried forward`() async throws {
    let points = page([
      #"{"timestamp": "2026-10-02T00:00:00Z", "avg": 10.5}"#, #"{"timestamp": "2026-11-18T00:00:00Z", "avg": 70.25}"#,
      #"{"timestamp": "2026-11-20T00:00:00Z", "avg": 71}"#, #"{"timestamp": null, "avg": 3}"#,
    ])
    let stub = try Stub([
      .on("GET", "/commits", json: page([commit("a", "complete", "2026-11-20T09:00:00Z")])),
      .on("GET", "/coverage", json: points),
    ])
    let since = try #require(ISO8601Time.parse("2026-10-20T12:00:00Z"))
    let found = try await stub.codecov.coverage(of: Stub.repository, trendSince: since, now: now)
    #expect(
      found?.trend == [CoveragePoint(day: "2026-11-18", percent: 70.25), CoveragePoint(day: "2026-11-20", percent: 71)])
    #expect(stub.asked.last?.contains("start_date=2026-10-20T00%3A00%3A00Z&end_date=2026-11-20T23%3A59%3A59Z") == true)
    #expect(stub.asked.count == 2)
  }

  @Test func `no patch and a patch without coverable lines differ`() async throws {
    let pulls = page([
      #"{"pullid": 1, "patch": null, "base_totals": null, "head_totals": {"hits": 1, "lines": 2}}"#,
      #"{"pullid": 2, "patch": {"hits": 0, "misses": 0, "partials": 0}, "updatestamp": "2026-11-20T09:00:00.123456Z"}"#,
      #"{"pullid": 3, "patch": {"hits": 5, "misses": 2, "partials": 1}, "head_totals": {"hits": 9, "lines": 2}}"#,
    ])
    let stub = try Stub([.on("GET", "/pulls", json: pulls)])
    let changes = try await stub.codecov.changeCoverage(in: Stub.repository, since: now, after: nil).elements
    #expect(
      changes.map(\.patch) == [nil, CoverageTotals(hits: 0, lines: 0), CoverageTotals(hits: 5, lines: 8)])
    #expect(changes.map(\.head) == [CoverageTotals(hits: 1, lines: 2), nil, nil], "more hits than lines are no figures")
    #expect(changes[1].updatedAt.map(ISO8601Time.format) == "2026-11-20T09:00:00.123Z")
  }

  @Test func `a cursor is the number of a page`() async throws {
    let next = #""https://api.codecov.io/api/v2/github/acme/repos/?page=3""#
    let stub = try Stub([
      .on("GET", "/repos", json: page([#"{"name": "shop", "activated": true}"#, #"{"name": "new"}"#], next: next))
    ])
    let found = try await stub.codecov.measuredRepositories(after: Cursor("2"))
    #expect(found.elements.map(\.name.rawValue) == ["acme/shop"] && found.next == Cursor("3"))
    #expect(stub.asked == ["/api/v2/github/acme/repos/?active=true&page_size=100&page=2"])
  }

  @Test(arguments: ["", "x", "0", "-1", "99999999999999999999", "100000"])
  func `a damaged cursor is refused before anything is asked`(cursor: String) async throws {
    let stub = try Stub([])
    await #expect { _ = try await stub.codecov.measuredRepositories(after: Cursor(cursor)) } throws: {
      ($0 as? IntegrationError)?.code == .misconfigured
    }
    #expect(stub.asked == [])
  }

  @Test(arguments: [
    #""https://api.codecov.io/api/v2/github/acme/repos/?page=1""#, #""https://api.codecov.io/api/v2/""#,
    #""https://elsewhere.example/api/v2/github/acme/repos/?page=2""#, #""https://api.codecov.io:8443/x?page=2""#, #""::""#,
  ])
  func `a next page that leads elsewhere or nowhere is refused`(next: String) async throws {
    let stub = try Stub([.on("GET", "/repos", json: page([], next: next))])
    await #expect { _ = try await stub.codecov.measuredRepositories(after: nil) } throws: {
      ($0 as? IntegrationError)?.code == .unexpectedResponse
    }
  }

  @Test func `a commit without a report has no files`() async throws {
    let missing = try Stub([.on("GET", "/totals", status: 404, json: #"{"detail": "No coverage report found"}"#)])
    #expect(try await missing.codecov.fileCoverage(in: Stub.repository, at: Stub.sha) == nil)
    let files = #"{"totals": {}, "files": [{"name": "a b.swift", "totals": {"hits": 1, "lines": 4}}, {"name": null}]}"#
    let found = try Stub([.on("GET", "/totals", json: files)])
    #expect(
      try await found.codecov.fileCoverage(in: Stub.repository, at: Stub.sha)
        == [FileCoverage(path: "a b.swift", hits: 1, lines: 4)])
  }

  @Test func `a repository that Codecov does not know has nothing`() async throws {
    let stub = try Stub([.on("GET", "/commits", status: 404), .on("GET", "/pulls", status: 404)])
    #expect(try await stub.codecov.coverage(of: Stub.repository, trendSince: now, now: now) == nil)
    #expect(try await stub.codecov.changeCoverage(in: Stub.repository, since: now, after: nil).elements == [])
    var empty = Stub.repository
    empty.defaultBranch = nil
    #expect(try await stub.codecov.coverage(of: empty, trendSince: now, now: now) == nil)
    #expect(stub.asked.count == 2)
  }

  @Test func `the distant past is asked for as 1970`() async throws {
    let stub = try Stub([.on("GET", "/pulls", json: page([]))])
    _ = try await stub.codecov.changeCoverage(in: Stub.repository, since: .distantPast, after: nil)
    #expect(stub.asked.first?.hasSuffix("&start_date=1970-01-01T00%3A00%3A00Z") == true)
  }

  @Test func `one odd row is a gap and hides no other`() async throws {
    let stub = try Stub([.on("GET", "/pulls", json: page([#"{"pullid": "seven"}"#, "null", #"{"pullid": 8}"#]))])
    let found = try await stub.codecov.changeCoverage(in: Stub.repository, since: now, after: nil)
    #expect(found.elements.map(\.number) == [8])
    #expect(found.gaps.map(\.what) == ["2 changes of acme/shop"])
  }

  @Test func `a list that became shorter is a gap`() async throws {
    let stub = try Stub([.on("GET", "/pulls", status: 404, json: #"{"detail": "Invalid page."}"#)])
    let found = try await stub.codecov.changeCoverage(in: Stub.repository, since: now, after: Cursor("2"))
    #expect(found.elements == [] && found.next == nil && found.gaps.count == 1)
  }
}
