import Foundation
import PeerSupport
import Testing

/// The REST calls that are sent, against GitHub's OpenAPI description. The peers hold every call of a test against it as it comes;
/// this table is for reading.
@Suite(.enabled(if: ReferenceData.available, Comment(rawValue: ReferenceData.absence)))
struct RESTConformanceTests {
  static let calls: [(method: String, path: String, parameters: [String])] = [
    ("get", "/user", []), ("get", "/user/memberships/orgs", ["per_page"]), ("get", "/orgs/{org}", []),
    ("get", "/meta", []),
    ("get", "/orgs/{org}/hooks", ["per_page"]), ("post", "/orgs/{org}/hooks", []),
    ("patch", "/orgs/{org}/hooks/{hook_id}", []), ("delete", "/orgs/{org}/hooks/{hook_id}", []),
    ("post", "/orgs/{org}/hooks/{hook_id}/pings", []), ("get", "/orgs/{org}/hooks/{hook_id}/deliveries", ["per_page", "cursor"]),
    ("post", "/orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts", []),
    ("get", "/repos/{owner}/{repo}/hooks", ["per_page"]), ("post", "/repos/{owner}/{repo}/hooks", []),
    ("get", "/repos/{owner}/{repo}/commits/{ref}", ["per_page", "page"]),
    ("get", "/repos/{owner}/{repo}/pulls/{pull_number}/files", ["per_page", "page"]),
  ]

  /// Calls that GitHub documents and the description beside the project leaves out.
  static let undescribed: Set<String> = [
    "/repos/{owner}/{repo}/dependency-graph/compare/{basehead}", "/installation/repositories",
  ]

  @Test func `every call is one that GitHub describes, with parameters it has`() throws {
    let data = try Data(contentsOf: ReferenceData.folder.appendingPathComponent("openapi-2022-11-28.json"))
    let description = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let paths = try #require(description["paths"] as? [String: [String: Any]])
    let shared = (description["components"] as? [String: Any])?["parameters"] as? [String: [String: Any]] ?? [:]
    for call in Self.calls where !Self.undescribed.contains(call.path) {
      let operation = try #require(paths[call.path]?[call.method] as? [String: Any], "\(call.method) \(call.path)")
      let parameters = (operation["parameters"] as? [[String: Any]] ?? []).compactMap { one -> String? in
        let reference = (one["$ref"] as? String)?.split(separator: "/").last.map(String.init)
        return (reference.flatMap { shared[$0] } ?? one)["name"] as? String
      }
      for parameter in call.parameters { #expect(parameters.contains(parameter), "\(parameter) of \(call.path)") }
    }
    for path in Self.undescribed { #expect(paths[path] == nil, "\(path) is described by now: move it into the table") }
  }
}
