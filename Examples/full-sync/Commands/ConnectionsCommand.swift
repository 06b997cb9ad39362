import Foundation
import KoalrCore

/// Connections that are kept with their tokens, so that a sync needs none in the environment.
struct ConnectionsCommand {
  var arguments: ConnectionsArguments
  var environment: [String: String]

  func run() async throws -> FullSync.ExitCode {
    let adding = ConnectionAdding(file: arguments.file, environment: environment)
    switch arguments.action {
    case .list(let json): try Output.print(try await ConnectionList(try await saved()).text(json: json))
    case .add(let service, let settings, let source, let webhook):
      try await adding.add(service, settings, source)
      try await ConnectionBeginning(saved: try await saved()).begin(settings.name, webhook: webhook)
    case .rename(let name, let new): try await saved().rename(name, to: new)
    case .replace(let name, let source, let organizations):
      try await adding.replace(name, source, organizations: organizations, in: try await saved())
      try await ConnectionBeginning(saved: try await saved()).renew(name)
    case .remove(let name, let deletesData, let revokes):
      try await remove(name, deletesData: deletesData, revokes: revokes)
    case .reseal: try await saved().reseal()
    case .check(let name, let json): return try await ConnectionCheck(saved: try await saved()).run(name, json: json)
    case .status(let name, let json, let now):
      return try await ConnectionStatusReport(saved: try await saved(), now: now).run(name, json: json)
    case .services(let name, let on, let off): try await turn(name, on: on, off: off)
    case .repositories(let name, let choice): try await saved().choose(name, choice)
    }
    return .complete
  }

  private func remove(_ name: String, deletesData: Bool, revokes: Bool) async throws {
    let saved = try await saved()
    if revokes { try await saved.requireRevocable(name) }
    try await ConnectionJob.cancelAll(of: try saved.held.require(name).connection.id, in: saved.jobs)
    for problem in try await SavedWebhooks(saved: saved).removeAll(of: name) { Messages.print("full-sync: \(problem)") }
    try await saved.remove(name, deletesData: deletesData, revokes: revokes)
  }

  private func turn(_ name: String, on: [IntegrationService], off: [IntegrationService]) async throws {
    let saved = try await saved()
    if off.contains(.webhooks) {
      for problem in try await SavedWebhooks(saved: saved).removeAll(of: name) { Messages.print("full-sync: \(problem)") }
    }
    try await saved.turn(name, on: on, off: off)
    if on.contains(.webhooks) {
      Messages.print("full-sync: full-sync webhooks add \"\(name)\" registers its webhook, where it has none.")
    }
  }

  private func saved() async throws -> SavedConnections {
    try await SavedConnections(try await StoreSetup.openExisting(arguments.file), environment: environment)
  }
}
