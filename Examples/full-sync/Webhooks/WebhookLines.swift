import Foundation
import KoalrCore

/// Webhooks with what was found out about them, as text or JSON; never a secret.
struct WebhookLines {
  var webhooks: [Webhook]

  func text(json: Bool) throws -> String {
    guard json else {
      return webhooks.isEmpty
        ? "No webhook is registered; make one with full-sync webhooks add." : webhooks.map(Self.lines).joined(separator: "\n")
    }
    return try Self.json(["webhooks": webhooks.map(Row.init)])
  }

  static func text(_ report: MissedDeliveries, json: Bool) throws -> String {
    if json {
      return try Self.json(
        Missed(looked: report.looked, missed: report.missed, redelivered: report.redelivered, problems: report.problems))
    }
    let first = "Of \(report.looked) deliveries \(report.missed) were missed; \(report.redelivered) are delivered again."
    return ([first] + report.problems).joined(separator: "\n")
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  private static func lines(_ webhook: Webhook) -> String {
    let what = webhook.repositoryID.map { "\(webhook.organization), repository \($0)" } ?? webhook.organization
    var lines = ["  \(what)  \(webhook.status.words)  \(webhook.url)"]
    if let reason = webhook.reason { lines.append("      \(reason)\(webhook.retryHelps == true ? " (retry)" : "")") }
    if !webhook.events.isEmpty { lines.append("      tells of \(webhook.events.joined(separator: ", "))") }
    if let time = webhook.lastDeliveryAt {
      let answer = webhook.lastDeliveryStatus.map { "answered with \($0)" } ?? "not reached"
      lines.append("      last delivery \(ISO8601Time.format(time)), \(answer)")
    }
    return lines.joined(separator: "\n")
  }

  /// What a webhook is in JSON.
  private struct Row: Encodable {
    var organization: String
    var repositoryID: RepositoryID?
    var url: WebhookURL
    var status: Webhook.Status
    var reason: String?
    var retryHelps: Bool?
    var events: [String]
    var registeredAt: String?
    var lastDeliveryAt: String?
    var lastDeliveryStatus: Int?

    init(_ webhook: Webhook) {
      organization = webhook.organization
      repositoryID = webhook.repositoryID
      url = webhook.url
      status = webhook.status
      reason = webhook.reason
      retryHelps = webhook.retryHelps
      events = webhook.events
      registeredAt = webhook.registeredAt.map(ISO8601Time.format)
      lastDeliveryAt = webhook.lastDeliveryAt.map(ISO8601Time.format)
      lastDeliveryStatus = webhook.lastDeliveryStatus
    }
  }

  private struct Missed: Encodable {
    var looked: Int
    var missed: Int
    var redelivered: Int
    var problems: [String]
  }
}

extension Webhook.Status {
  /// The status as a person reads it.
  var words: String {
    switch self {
    case .active: "Active"
    case .failed: "Failed"
    case .unknown: "Unknown"
    }
  }
}
