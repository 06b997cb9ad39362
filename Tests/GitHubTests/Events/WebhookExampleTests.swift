import Foundation
import KoalrCore
import KoalrGitHub
import PeerSupport
import Testing

/// GitHub's own examples of payloads, which lie beside the project.
struct WebhookExampleTests {
  private static let folder = Peers.sharedFolder.appendingPathComponent("data/github/webhooks")
  static let isThere =
    ProcessInfo.processInfo.environment["KOALR_REQUIRE_PEERS"] == "1"
    || FileManager.default.fileExists(atPath: folder.appendingPathComponent("index.json").path)

  private struct Example: Decodable {
    var file: String
    var event: String
    var action: String?
    var repository: String?
  }

  /// Examples that lack an id which GitHub sends today, and what is said of them.
  private static let refused: [String: String] = [:]
  /// Kinds of events that nobody looks at.
  private static let unknown: Set<String> = [
    "release", "workflow_job", "workflow_run", "create", "delete", "installation", "member", "team_add",
    "repository_vulnerability_alert", "dependabot_alert", "deployment_review", "installation_repositories", "code_scanning_alert",
  ]

  @Test(.enabled(if: isThere, "GitHub's webhook examples are not beside the project"))
  func `every example is read, or refused for a stated reason`() throws {
    let index = try Data(contentsOf: Self.folder.appendingPathComponent("index.json"))
    let examples = try JSONDecoder().decode([Example].self, from: index)
    #expect(examples.count > 100)
    for example in examples {
      let body = try String(contentsOf: Self.folder.appendingPathComponent(example.file), encoding: .utf8)
      if let reason = Self.refused[example.file] {
        #expect(try Delivery.refusal(example.event, body).reason == reason, "\(example.file)")
        continue
      }
      let event = try Delivery.read(example.event, body)
      #expect(event.isKnown == !Self.unknown.contains(example.event), "\(example.file)")
      guard event.isKnown else { continue }
      #expect(event.action == example.action, "\(example.file)")
      #expect(event.repository == nil || event.repositoryName?.rawValue == example.repository, "\(example.file)")
      #expect(!event.subjects.isEmpty || example.event == "push", "\(example.file)")
    }
  }
}
