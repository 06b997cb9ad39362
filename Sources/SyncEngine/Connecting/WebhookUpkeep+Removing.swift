import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

extension WebhookUpkeep {
  /// Removes the connection's webhooks at the service, their records, and when none is left their secret.
  ///
  /// - Returns: what could not be removed and why, in sentences that are safe in any log. The records of those stay.
  public func remove() async throws -> [String] {
    var problems: [String] = []
    for webhook in try await webhooks() {
      if let problem = try await problem(removing: webhook) {
        problems.append(problem)
        continue
      }
      var batch = StoreBatch(connection: connection)
      batch.delete(Webhook.self, id: webhook.recordID)
      try await store.write(batch)
    }
    if problems.isEmpty { try await secrets.remove(.webhook, connection: connection) }
    return problems
  }

  private func problem(removing webhook: Webhook) async throws -> String? {
    guard let target = try await target(of: webhook) else {
      return webhook.id.map { _ in "The webhook of a repository of \(webhook.organization) stays: its name is not known." }
    }
    do {
      // One without an id may have been made all the same, if the answer was lost.
      let id = if let known = webhook.id { known } else { try await idOfLost(webhook, on: target) as SourceID? }
      if let id { try await registrar.deleteWebhook(id, on: target) }
      return nil
    } catch let error as IntegrationError where webhook.id == nil && error.retry == .never {
      // Who may not manage webhooks made none.
      return nil
    } catch let error as IntegrationError {
      return "The webhook of \(target) stays and has to be removed in its settings at the service: \(error.reason)."
    }
  }

  private func idOfLost(_ webhook: Webhook, on target: WebhookTarget) async throws -> SourceID? {
    try await registrar.allWebhooks(of: target).first { $0.url == webhook.url.rawValue }?.id
  }
}
