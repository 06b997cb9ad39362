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
    case .add(let service, let settings, let source): try await adding.add(service, settings, source)
    case .rename(let name, let new): try await saved().rename(name, to: new)
    case .replace(let name, let source): try await adding.replace(name, source, in: try await saved())
    case .remove(let name, let deletesData, let revokes):
      try await saved().remove(name, deletesData: deletesData, revokes: revokes)
    case .reseal: try await saved().reseal()
    }
    return .complete
  }

  private func saved() async throws -> SavedConnections {
    try await SavedConnections(try await StoreSetup.openExisting(arguments.file), environment: environment)
  }
}
