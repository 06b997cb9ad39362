import KoalrCore

/// The webhooks of saved connections.
struct SavedWebhooks {
  var saved: SavedConnections

  /// The upkeep of a saved connection's webhooks, with its saved token.
  ///
  /// - Throws: ``CommandError``, `SealingError`, `StoreError`.
  func upkeep(of found: (connection: Connection, settings: Connection.Settings)) async throws -> WebhookUpkeep {
    guard found.connection.service == .gitHub else {
      throw CommandError("\"\(found.settings.name)\" is a connection to \(found.connection.service), which has no webhooks here.")
    }
    let access = try await saved.tokens.access(to: .gitHub, of: found)
    return WebhookUpkeep(
      of: found.connection.id, at: Setup(observer: RunMeter()).registrar(access), store: saved.records,
      secrets: try saved.tokens.sealed())
  }

  /// Registers a webhook for each organisation of a connection.
  static func register(_ url: WebhookURL, onEachOf names: [String], _ upkeep: WebhookUpkeep) async throws -> [Webhook] {
    var webhooks: [Webhook] = []
    for name in names { webhooks.append(try await upkeep.register(url, on: .organization(name))) }
    return webhooks
  }

  /// Removes the webhooks of a connection that is about to go; a token that does not open or work does not hold that up.
  ///
  /// - Returns: what is left at the service for a person to do.
  func removeAll(of name: String) async throws -> [String] {
    let found = try saved.held.require(name)
    let webhooks = try await saved.records.all(RecordQuery(Webhook.self, connection: found.connection.id))
    guard webhooks.contains(where: { $0.id != nil }) else { return [] }
    do {
      return try await upkeep(of: found).remove()
    } catch let error where error is CommandError || error is SealingError {
      let organization = found.settings.organization
      return ["The webhook of \(organization) stays and has to be removed in its settings at the service: \(error)"]
    }
  }

  /// Registers the webhooks of a connection again, with a token that was replaced.
  func renew(of found: (connection: Connection, settings: Connection.Settings)) async throws {
    let webhooks = try await saved.records.all(RecordQuery(Webhook.self, connection: found.connection.id))
    guard !webhooks.isEmpty else { return }
    let renewed = try await upkeep(of: found).retry()
    try Output.print(try WebhookLines(webhooks: renewed).text(json: false))
  }
}
