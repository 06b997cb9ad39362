import KoalrDomain
import KoalrIntegrationProtocols

/// A webhook as REST sends it.
struct HookWire: Decodable, Sendable {
  var id: Int64
  var active: Bool?
  var events: [String]?
  var config: Config?
  var createdAt: Date?

  struct Config: Decodable, Sendable {
    var url: String?
  }

  enum CodingKeys: String, CodingKey {
    case id, active, events, config
    case createdAt = "created_at"
  }

  var asWebhook: RegisteredWebhook {
    RegisteredWebhook(
      id: SourceID(unchecked: String(id)), url: config?.url ?? "", events: (events ?? []).sorted(), active: active ?? true,
      createdAt: createdAt)
  }
}

/// An attempt to deliver something, as REST sends it.
struct HookDeliveryWire: Decodable, Sendable {
  var id: Int64
  var guid: String?
  var deliveredAt: Date?
  var status: String?
  var statusCode: Int?
  var event: String?
  var throttledAt: Date?

  enum CodingKeys: String, CodingKey {
    case id, guid, status, event
    case deliveredAt = "delivered_at"
    case statusCode = "status_code"
    case throttledAt = "throttled_at"
  }

  /// The attempt; one without a time has not been made yet.
  var asDelivery: DeliveryAttempt {
    DeliveryAttempt(
      id: SourceID(unchecked: String(id)), guid: guid ?? String(id), event: event ?? "", deliveredAt: deliveredAt ?? .distantPast,
      outcome: outcome, status: statusCode.flatMap { $0 == 0 ? nil : $0 }, isPing: event == "ping", throttledAt: throttledAt)
  }

  // No answer is status code 0 with the reason in words; before there is one, the words say nothing bad.
  private var outcome: DeliveryAttempt.Outcome {
    switch statusCode ?? 0 {
    case 200...299: .accepted
    case 0 where ["OK", "pending", "", nil].contains(status): .pending
    default: .failed
    }
  }
}

/// What is sent to make a webhook or to change it.
struct HookBody: Encodable, Sendable {
  private var name: String?
  private var config: Config
  private var events: [String]
  private var active: Bool

  /// Without `json` GitHub sends forms, and without a value for `insecure_ssl` it is left as it was.
  private struct Config: Encodable, Sendable {
    var url: String
    var contentType = "json"
    var secret: String
    var insecureSSL = "0"

    enum CodingKeys: String, CodingKey {
      case url, secret
      case contentType = "content_type"
      case insecureSSL = "insecure_ssl"
    }
  }

  init(_ wanted: WantedWebhook, name: String? = nil) {
    self.name = name
    config = Config(url: wanted.url.rawValue, secret: wanted.secret.reveal())
    events = wanted.events
    active = wanted.active
  }
}
