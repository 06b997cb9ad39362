public import Foundation

/// Holds what was sent to a service to the complete list of what Koalr may send beside reading.
public struct OnlyReads: Sendable {
  /// Every write there is: our own webhook (make, change, ping, deliver again, remove), and our own OAuth token (exchange, refresh,
  /// revoke). The others ask questions that do not fit into an address.
  public static let allowed: Set<String> = [
    "POST /orgs/{org}/hooks", "PATCH /orgs/{org}/hooks/{hook_id}", "DELETE /orgs/{org}/hooks/{hook_id}",
    "POST /orgs/{org}/hooks/{hook_id}/pings", "POST /orgs/{org}/hooks/{hook_id}/deliveries/{delivery_id}/attempts",
    "POST /repos/{owner}/{repo}/hooks", "PATCH /repos/{owner}/{repo}/hooks/{hook_id}",
    "DELETE /repos/{owner}/{repo}/hooks/{hook_id}", "POST /repos/{owner}/{repo}/hooks/{hook_id}/pings",
    "POST /repos/{owner}/{repo}/hooks/{hook_id}/deliveries/{delivery_id}/attempts",
    "POST /login/oauth/access_token", "DELETE /applications/{client_id}/token", "DELETE /applications/{client_id}/grant",
    "POST /graphql",
  ]

  /// Questions of scanners, by the end of their address.
  private static let questions = ["/aggregated-issues", "/packages/issues"]
  private static let readingMethods = ["GET ", "HEAD ", "git info/refs", "git git-upload-pack"]
  /// What a mutation is answered with while the alarm is on.
  private static let alarm = "418"

  /// A rule for the peers that answers every mutation with a status that nothing else has.
  public static let alarmRule =
    #"{"kind": "status", "status": 418, "match": {"endpoint": "POST /graphql", "body": "\"query\"\\s*:\\s*\"[^\"]*\\b(mutation|subscription)\\b"}}"#

  /// Every request that was no plain read, by its template, with how often it was sent.
  public let writes: [String: Int]
  /// Those of ``writes`` that nobody may send, and mutations that set off the alarm, as sentences; must be empty.
  public let forbidden: [String]

  private struct Log: Decodable {
    struct Endpoint: Decodable {
      var requests: Int
      var statuses: [String: Int]
    }
    var endpoints: [String: Endpoint]
  }

  /// Reads the log of a peer.
  public init(log: Data) throws {
    let endpoints = try JSONDecoder().decode(Log.self, from: log).endpoints
    writes = endpoints.filter { entry in !Self.readingMethods.contains { entry.key.hasPrefix($0) } }.mapValues(\.requests)
    let unknown = writes.keys.filter { name in
      !Self.allowed.contains(name) && !Self.questions.contains { name.hasSuffix($0) }
    }
    let alarms = endpoints["POST /graphql"]?.statuses[Self.alarm] ?? 0
    forbidden =
      unknown.sorted().map { "writes: \($0)" } + (alarms > 0 ? ["writes: \(alarms) questions to GraphQL are no queries"] : [])
  }
}

extension PeerWorld {
  /// Refuses mutations from now on, so that ``OnlyReads/forbidden`` tells of them; a reset ends it.
  public func alarmAtMutations() async throws { try await fault(OnlyReads.alarmRule) }

  /// What was sent to the service that was no plain read.
  public func writes() async throws -> OnlyReads { try OnlyReads(log: try await peers.control(service, "/_peer/log")) }
}
