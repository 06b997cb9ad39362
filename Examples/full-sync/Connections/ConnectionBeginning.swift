import KoalrCore

/// What a saved connection to a code host starts: a sync that waits in the queue, and its webhook.
struct ConnectionBeginning {
  var saved: SavedConnections

  /// Enqueues the first sync and registers the webhook; the connection stays, whatever becomes of them.
  func begin(_ name: String, webhook url: WebhookURL?) async throws {
    let found = try saved.held.require(name)
    guard found.connection.service == .gitHub else { return }
    do {
      let access = try await saved.tokens.access(to: .gitHub, of: found)
      let start = try await saved.lifecycle().begin(
        found.connection, through: Setup(observer: RunMeter()).tester(.gitHub, access), webhook: url)
      if url != nil { try Output.print(try WebhookLines(webhooks: start.webhooks).text(json: false)) }
      try Output.print(Self.sync)
    } catch let error where error is CommandError || error is SealingError || error is StoreError || error is JobQueueError {
      Messages.print("full-sync: The connection is saved, and nothing more is begun: \(error)")
    }
  }

  /// Enqueues a sync with a token that was replaced, and registers the webhooks again.
  func renew(_ name: String) async throws {
    let found = try saved.held.require(name)
    guard found.connection.service == .gitHub else { return }
    try await saved.jobs.enqueue(ConnectionJob(.sync, of: found.connection.id).job())
    try await SavedWebhooks(saved: saved).renew(of: found)
    try Output.print(Self.sync)
  }

  private static let sync = "  A sync waits in the queue; full-sync work does it."
}
