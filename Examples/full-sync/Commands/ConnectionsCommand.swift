import Foundation
import KoalrCore

/// Connections that are kept with their tokens, so that a sync needs none in the environment.
struct ConnectionsCommand {
  var arguments: ConnectionsArguments
  var environment: [String: String]

  func run() async throws -> FullSync.ExitCode {
    if case .add(let service, let settings, let source) = arguments.action {
      try await ConnectionAdding(file: arguments.file, environment: environment).add(service, settings, source)
      return .complete
    }
    let file = try await StoreSetup.openExisting(arguments.file)
    let saved = SavedConnections(
      records: file.records, tokens: SavedTokens(storage: file.tokens, environment: environment),
      held: try await HeldConnections(file.records))
    switch arguments.action {
    case .list(let json): try Output.print(try await ConnectionList(saved).text(json: json))
    case .rename(let name, let new): try await saved.rename(name, to: new)
    case .replace(let name, let source):
      try await ConnectionAdding(file: arguments.file, environment: environment).replace(name, source, in: saved)
    case .remove(let name, let deletesData): try await saved.remove(name, deletesData: deletesData)
    case .reseal: try await saved.reseal()
    case .add: break
    }
    return .complete
  }
}
