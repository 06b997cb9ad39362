import Foundation
import KoalrCore
import KoalrHTTPTransport
import KoalrSnyk
import KoalrTesting
import Testing

/// A Snyk whose answers a test writes down.
struct Stub {
  static let token = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
  static let organizations = #"{"data": [{"id": "o1", "attributes": {"slug": "acme", "name": "Acme"}}]}"#
  static let projects = """
    {"data": [
      {"id": "p1", "attributes": {"name": "acme/shop:package.json", "target_file": "package.json"},
       "relationships": {"target": {"data": {"id": "t1", "attributes": {"display_name": "Acme/Shop"}}}}},
      {"id": "p2", "attributes": {"name": "acme/other:go.mod"}, "relationships": {"target": {"data": {"id": "t2",
       "attributes": {"display_name": "cli run", "url": "https://github.com/acme/shop.git"}}}}},
      {"id": "p3", "attributes": {"name": "acme/shop(main):Dockerfile"}}, {"id": "p4", "attributes": null}, {"id": null}
    ], "links": {"next": ""}}
    """

  let snyk: SnykVulnerabilities
  let transport: StubTransport

  init(
    token: String = token, organization: String? = nil, address: String = "https://api.snyk.io", _ rules: [StubTransport.Rule]
  ) throws {
    transport = StubTransport(
      rules + [.on("GET", "/orgs", json: Self.organizations), .on("GET", "/projects", json: Self.projects)])
    snyk = SnykVulnerabilities(
      organization: organization, token: try #require(Secret(token)), apiURL: try #require(URL(string: address)),
      transport: transport,
      clock: ManualClock(startingAt: try #require(ISO8601Time.parse("2026-11-20T12:00:00Z")), skipsSleep: true))
  }

  /// One page of findings where `acme/shop` is the only repository.
  func findings(after cursor: Cursor? = nil) async throws -> Page<SecurityFinding> {
    let shop = Repository(
      id: RepositoryID(unchecked: "R_1"), name: RepositoryName(unchecked: "acme/shop"), defaultBranch: "main", headSHA: nil)
    let since = try #require(ISO8601Time.parse("2026-08-22T12:00:00Z"))
    return try await snyk.findings(in: RepositoryDirectory([shop]), since: since, after: cursor)
  }

  /// An issue as Snyk writes it, with more attributes.
  static func issue(_ id: String, project: String = "p1", type: String = "package_vulnerability", _ more: String = "") -> String {
    """
    {"id": "\(id)", "attributes": {"key": "KEY-\(id)", "title": "A title", "type": "\(type)", "status": "open"\(more)},
     "relationships": {"scan_item": {"data": {"id": "\(project)", "type": "project"}}}}
    """
  }

  static func issues(_ rows: [String], next: String = "null") -> StubTransport.Rule {
    .on("GET", "/issues", json: #"{"data": [\#(rows.joined(separator: ","))], "links": {"next": \#(next)}}"#)
  }
}
