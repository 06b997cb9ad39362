import KoalrDomain

extension ConnectionStatus.WebhookState {
  /// Puts the webhooks of a connection into one: it is as well as the worst of them. `nil` when there is none.
  init?(_ webhooks: [Webhook]) {
    guard !webhooks.isEmpty else { return nil }
    let worst =
      webhooks.first { $0.status == .failed } ?? webhooks.first { $0.status == .unknown } ?? webhooks[0]
    self.init(
      health: Health(worst.status), reason: worst.reason, retryHelps: worst.retryHelps,
      lastDeliveryAt: webhooks.filter(\.hasArrived).compactMap(\.lastDeliveryAt).max())
  }
}

extension ConnectionStatus.WebhookState.Health {
  fileprivate init(_ status: Webhook.Status) {
    switch status {
    case .active: self = .active
    case .failed: self = .failed
    case .unknown: self = .unknown
    }
  }
}
