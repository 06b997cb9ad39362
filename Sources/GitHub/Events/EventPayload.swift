import KoalrDomain
import KoalrIntegrationProtocols

/// The few values of a payload that say what an event is about. Nothing is required here; the mapping requires ids.
struct EventPayload {
  /// Values by their place: `action`, `repository.node_id`.
  private var values: [String: JSONScalar] = [:]

  /// What is read, by the name at the top, and inside of that.
  static let wanted: [String: Set<String>] = [
    "action": [], "ref": [], "before": [], "after": [], "forced": [], "sha": [],
    "repository": ["node_id", "full_name"],
    "pull_request": ["node_id", "updated_at"],
    "review": ["submitted_at"],
    "comment": ["updated_at"],
    "issue": ["node_id", "updated_at", "pull_request"],
    "deployment": ["node_id", "updated_at"],
    "deployment_status": ["created_at", "updated_at"],
    "check_run": ["head_sha"],
    "check_suite": ["head_sha"],
  ]

  /// Reads the body of a delivery, which may be JSON or a form.
  init(_ delivery: WebhookDelivery) throws(DeliveryRefusal) {
    let type = delivery["Content-Type"]?.prefix { $0 != ";" }.lowercased() ?? "application/json"
    switch type.trimmed {
    case "application/json": try self.init(json: delivery.body)
    case "application/x-www-form-urlencoded": try self.init(json: try FormBody.payload(of: delivery.body))
    default: throw DeliveryRefusal(.malformed, "the body is neither JSON nor a form")
    }
  }

  init(json: Data) throws(DeliveryRefusal) {
    let result = json.withUnsafeBytes { bytes in
      Result { () throws(JSONFault) -> [String: JSONScalar] in
        var scanner = JSONScanner(bytes)
        return try scanner.values(at: Self.wanted)
      }
    }
    switch result {
    case .success(let values): self.values = values
    case .failure: throw DeliveryRefusal(.malformed, "the payload is not a JSON object")
    }
  }

  func text(_ place: String) -> String? {
    if case .text(let text)? = values[place] { text } else { nil }
  }

  func flag(_ place: String) -> Bool {
    if case .flag(true)? = values[place] { true } else { false }
  }

  /// Whether there is an object.
  func has(_ place: String) -> Bool {
    if case .container? = values[place] { true } else { false }
  }

  /// The latest of the times that are there.
  func latest(_ places: String...) -> Date? { places.compactMap { text($0).flatMap(ISO8601Time.parse) }.max() }
}

extension StringProtocol {
  fileprivate var trimmed: String { String(drop { $0 == " " }.prefix { $0 != " " }) }
}
