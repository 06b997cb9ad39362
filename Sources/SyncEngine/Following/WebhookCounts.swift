public import KoalrIntegrationProtocols

/// What a receiver has seen since it was made, for the metrics of the host.
public struct WebhookCounts: Hashable, Sendable {
  /// Events that were taken into the queue, by the host's word for them.
  public var accepted: [String: Int] = [:]
  /// Events of a kind that nobody looks at, by the host's word for them; those beyond ``maximumNames`` under `other`.
  public var unknown: [String: Int] = [:]
  /// Deliveries that came before.
  public var duplicates = 0
  /// Deliveries that were refused, by why.
  public var refused: [DeliveryRefusal.Code: Int] = [:]

  /// How many words are counted apart.
  public static let maximumNames = 100

  /// Makes counts of nothing.
  public init() {}

  /// All deliveries.
  public var total: Int {
    accepted.values.reduce(0, +) + unknown.values.reduce(0, +) + duplicates + refused.values.reduce(0, +)
  }

  mutating func countUnknown(_ name: String) {
    let isCountedApart = unknown[name] != nil || unknown.count < Self.maximumNames
    unknown[isCountedApart ? name : "other", default: 0] += 1
  }
}
