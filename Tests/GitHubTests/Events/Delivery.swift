import Foundation
import KoalrCore
import KoalrCryptography
import KoalrGitHub
import Testing

/// Makes deliveries as GitHub does.
enum Delivery {
  static let secret = "It's a Secret to Everybody"

  static func reader(_ secrets: String...) throws -> GitHubEventReader {
    GitHubEventReader(secrets: try (secrets.isEmpty ? [secret] : secrets).map { try #require(Secret($0)) })
  }

  static func headers(
    _ event: String, body: Data, secret: String = secret, id: String = "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    type: String = "application/json"
  ) throws -> [String: String] {
    [
      "X-GitHub-Event": event, "X-GitHub-Delivery": id, "Content-Type": type, "User-Agent": "GitHub-Hookshot/044aadd",
      "X-Hub-Signature-256": try signature(of: body, secret),
    ]
  }

  static func signature(of body: Data, _ secret: String) throws -> String {
    let code = try HMACSHA256.authenticationCode(for: body, key: Array(secret.utf8))
    return "sha256=" + code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// What the reader makes of a signed body.
  static func read(_ event: String, _ json: String, type: String = "application/json") throws -> HostEvent {
    let body = Data(json.utf8)
    return try reader().read(WebhookDelivery(headers: try headers(event, body: body, type: type), body: body))
  }

  static func refusal(_ event: String, _ json: String, type: String = "application/json") throws -> DeliveryRefusal {
    try #require(throws: DeliveryRefusal.self) { try read(event, json, type: type) }
  }

  /// A body as a form has it.
  static func form(_ json: String) throws -> String {
    "payload=" + (try #require(json.addingPercentEncoding(withAllowedCharacters: .alphanumerics)))
  }
}
