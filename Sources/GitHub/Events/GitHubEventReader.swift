import KoalrCryptography
public import KoalrDomain
public import KoalrIntegrationProtocols

/// Reads what GitHub delivers to a webhook: github.com, ghe.com and GitHub Enterprise Server alike, as JSON or as a form.
///
/// The signature (`X-Hub-Signature-256`) is checked over the raw body, in constant time, before anything of it is read; the old
/// SHA-1 signature is not accepted. Of the payload only ids, times and branch names are read, whatever else has changed in it.
/// Costs some tens of microseconds for 20 kB.
///
/// Source: docs.github.com, "Validating webhook deliveries", "Webhook events and payloads".
public struct GitHubEventReader: Sendable {
  private let secrets: [Secret]

  /// Makes a reader.
  ///
  /// - Parameter secrets: the webhook's secret; while it is being changed, the new and the old one. At least one.
  public init(secrets: [Secret]) {
    precondition(!secrets.isEmpty, "Without a secret nobody can tell GitHub's deliveries from anybody's.")
    self.secrets = secrets
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubEventReader: EventReader {
  public func read(_ delivery: WebhookDelivery) throws(DeliveryRefusal) -> HostEvent {
    try DeliverySignature(delivery["X-Hub-Signature-256"]).check(delivery.body, secrets: secrets)
    guard let name = delivery["X-GitHub-Event"], EventKind.isName(name) else {
      throw DeliveryRefusal(.malformed, "the event has no name")
    }
    guard let id = delivery["X-GitHub-Delivery"].flatMap(SourceID.init(rawValue:)) else {
      throw DeliveryRefusal(.malformed, "the delivery has no id")
    }
    guard let kind = EventKind(rawValue: name) else {
      return HostEvent(delivery: id, name: name, subjects: [], isKnown: false)
    }
    let payload = try EventPayload(delivery)
    return try EventMapping(kind: kind, payload: payload).event(delivery: id)
  }
}
