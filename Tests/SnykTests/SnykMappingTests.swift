import KoalrCore
import KoalrHTTPTransport
import KoalrSnyk
import Testing

struct SnykMappingTests {
  @Test(arguments: [("p1", "R_1"), ("p2", "R_1"), ("p3", "R_1"), ("p4", nil), ("unknown", nil)] as [(String, String?)])
  func `a project leads to its repository by target, address or name`(project: String, repository: String?) async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1", project: project)])])
    let finding = try #require(try await stub.findings().elements.first).finding
    #expect(finding.repositoryID?.rawValue == repository && finding.projectID.rawValue == project)
    #expect(finding.targetFile == (project == "p1" ? "package.json" : nil))
  }

  @Test(
    arguments: [
      (#"{"source": "NVD", "version": "3.1", "score": 9.8}, {"source": "Snyk", "version": "3.1", "score": 5.0}"#, 5.0),
      (#"{"source": "Snyk", "version": "4.0", "score": 6.1}, {"source": "Snyk", "version": "3.1", "score": 7.5}"#, 6.1),
      (#"{"source": "Red Hat", "score": 8.8}, {"source": "NVD", "version": "3.1", "score": 4.2}"#, 4.2),
      (#"{"source": "SUSE", "score": 3.3}, {"source": "Red Hat", "score": 8.8}"#, 8.8),
      (#"{"source": "Snyk", "version": "4.0", "level": "high"}, {"source": "NVD", "score": 4.2}"#, 4.2),
      (#"{"source": "Snyk", "score": 11}, {"source": "Snyk", "score": -1}"#, nil), ("", nil),
    ] as [(String, Double?)])
  func `one score stands for a problem`(severities: String, expected: Double?) async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1", #", "severities": [\#(severities)]"#)])])
    #expect(try await stub.findings().elements.first?.vulnerability?.cvss == expected)
  }

  @Test(
    arguments: [
      (#"{"id": "SNYK-1", "source": "SNYK"}, {"id": "CVE-2025-1", "source": "NVD"}"#, "CVE-2025-1"),
      (#"{"id": "CVE-2025-2", "source": "CVE"}, {"id": "GHSA-x", "source": "GHSA"}"#, "CVE-2025-2"),
      (#"{"id": "CWE-79", "source": "CWE"}, {"id": null}"#, nil),
    ] as [(String, String?)])
  func `the CVE number is NVD's name of the problem`(problems: String, expected: String?) async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1", #", "problems": [\#(problems)]"#)])])
    #expect(try await stub.findings().elements.first?.vulnerability?.cve == expected)
  }

  @Test(
    arguments: [
      (#"{"is_fixable_snyk": false}, {"is_upgradeable": true, \#(dependency)}"#, true),
      (#"{"is_fixable_snyk": false, "is_pinnable": false}"#, false), ("{}", nil),
      (#"{"is_upgradeable": true, "is_fixable_manually": false}"#, false),
    ] as [(String, Bool?)])
  func `a fix is available when any place has one`(coordinates: String, expected: Bool?) async throws {
    let stub = try Stub([Stub.issues([Stub.issue("1", type: "code", #", "coordinates": [\#(coordinates)]"#)])])
    #expect(try await stub.findings().elements.first?.finding.fixAvailable == expected)
  }

  private static let dependency =
    #""representations": [{"resourcePath": "x"}, {"dependency": {"package_name": "left-pad", "package_version": "1.0"}}]"#

  @Test func `each kind keeps its word, and a licence is not a weakness`() async throws {
    let kinds = ["package_vulnerability", "code", "config", "cloud", "custom", "a_new_kind", "license"]
    let stub = try Stub([Stub.issues(kinds.map { Stub.issue($0, type: $0) })])
    let found = try await stub.findings().elements
    #expect(found.map(\.finding.type) == kinds)
    #expect(found.map { $0.vulnerability == nil } == kinds.map { $0 == "license" })
    #expect(found.allSatisfy { $0.finding.severity == nil && $0.finding.fixAvailable == nil && !$0.finding.ignored })
  }

  @Test(
    arguments: [
      (#""nearestFixedInVersion": "1.2.3", "fixedIn": ["1.2.3", "2.0.1"]"#, "1.2.3"),
      (#""nearestFixedInVersion": "", "fixedIn": ["1.2.3", "2.0.1"]"#, "1.2.3, 2.0.1"),
      (#""fixedIn": ["2.0.1"]"#, "2.0.1"), (#""fixedIn": []"#, nil), (#""fixedIn": null"#, nil),
    ] as [(String, String?)])
  func `the fix is the nearest version, else all of them`(fix: String, expected: String?) async throws {
    let more = #", "coordinates": [{"is_upgradeable": true, \#(Self.dependency)}]"#
    let answer = #"{"issues": [{"id": "KEY-1", "pkgVersions": ["1.0"], "fixInfo": {\#(fix)}}, {"id": null}]}"#
    let stub = try Stub([Stub.issues([Stub.issue("1", more)]), .on("POST", "/aggregated-issues", json: answer)])
    let page = try await stub.findings()
    let finding = try #require(page.elements.first).finding
    #expect(finding.fixedIn == expected && finding.fixAvailable == true && page.gaps == [])
    #expect(finding.package == "left-pad" && finding.version == "1.0")
  }

  @Test func `one odd row is a gap and hides no other`() async throws {
    let stub = try Stub([Stub.issues(["null", #"{"id": 7}"#, Stub.issue("1"), #"{"id": "2", "attributes": {"key": "K"}}"#])])
    let page = try await stub.findings()
    #expect(page.elements.map(\.finding.issueID.rawValue) == ["1"])
    #expect(page.gaps.map(\.what) == ["3 Snyk issues"])
  }
}
