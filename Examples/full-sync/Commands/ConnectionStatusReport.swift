import Foundation
import KoalrCore

/// Prints how connections are doing, from the store alone: nothing is asked of a service.
struct ConnectionStatusReport {
  var saved: SavedConnections
  var now: Date?

  /// - Parameter name: of one connection; all when it is `nil`.
  /// - Returns: whether all is well.
  func run(_ name: String?, json: Bool) async throws -> FullSync.ExitCode {
    let clock: any WallClock = now.map { StandingClock(at: $0) } ?? SystemClock()
    let overview = ConnectionOverview(of: saved.records, clock: clock)
    var statuses: [ConnectionStatus] = []
    if let name {
      let unsaved = saved.held.all.first { $0.id.rawValue == name && $0.settings == nil }
      statuses = [try await overview.status(of: try unsaved ?? saved.held.require(name).connection)]
    } else {
      statuses = try await overview.all()
    }
    try Output.print(try StatusText(statuses: statuses).text(json: json))
    return statuses.allSatisfy(\.isWell) ? .complete : .incomplete
  }
}

extension ConnectionStatus {
  fileprivate var isWell: Bool { state == .connected && webhook?.health != .failed && missingRepositories.isEmpty }
}
