import Foundation
import KoalrCore

/// The webhooks of a saved connection.
struct WebhooksCommand {
  var arguments: WebhooksArguments
  var environment: [String: String]

  /// - Returns: incomplete when a webhook does not work, or something was left.
  func run() async throws -> FullSync.ExitCode {
    let file = try await StoreSetup.openExisting(arguments.file)
    let saved = try await SavedConnections(file, environment: environment)
    let found = try saved.held.require(arguments.name)
    let upkeep = try await SavedWebhooks(saved: saved).upkeep(of: found)
    switch arguments.action {
    case .add(let url, let eachRepository): return try await add(url, found, eachRepository, upkeep, file.records)
    case .status: return try printed(try await upkeep.check())
    case .ping: return try printed(try await upkeep.ping())
    case .retry(let url): return try printed(try await upkeep.retry(url))
    case .redeliver(let since): return try printed(try await upkeep.redeliverMissed(since: since))
    case .remove: return try removed(try await upkeep.remove())
    }
  }

  private func add(
    _ url: WebhookURL, _ found: (connection: Connection, settings: Connection.Settings), _ eachRepository: Bool,
    _ upkeep: WebhookUpkeep, _ store: any Store
  ) async throws -> FullSync.ExitCode {
    let webhooks = try await SavedWebhooks.register(url, onEachOf: found.settings.organizations, upkeep)
    guard eachRepository, webhooks.allSatisfy({ $0.status != .active }) else { return try printed(webhooks) }
    let repositories = try await store.all(RecordQuery(Repository.self, connection: found.connection.id))
    return try printed(webhooks + (try await upkeep.register(url, onEach: repositories)))
  }

  private func printed(_ webhooks: [Webhook]) throws -> FullSync.ExitCode {
    try Output.print(try WebhookLines(webhooks: webhooks).text(json: arguments.json))
    // Where each repository has its own, that the organisation has none is no failure.
    let single = webhooks.filter { $0.repositoryID != nil }
    let decisive = single.isEmpty ? webhooks : single
    return !decisive.isEmpty && decisive.allSatisfy { $0.status == .active } ? .complete : .incomplete
  }

  private func printed(_ report: MissedDeliveries) throws -> FullSync.ExitCode {
    try Output.print(try WebhookLines.text(report, json: arguments.json))
    return report.missed == report.redelivered && report.problems.isEmpty ? .complete : .incomplete
  }

  private func removed(_ problems: [String]) throws -> FullSync.ExitCode {
    let text = problems.isEmpty ? "The webhook and its secret are removed." : problems.joined(separator: "\n")
    try Output.print(arguments.json ? try WebhookLines.json(["problems": problems]) : text)
    return problems.isEmpty ? .complete : .incomplete
  }
}
