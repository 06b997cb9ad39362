import Foundation
import KoalrCore

/// The connections of a store: saved ones, and those that a run with tokens in the environment left behind.
struct HeldConnections {
  /// In the order of their ids.
  var all: [Connection]

  init(_ store: any Store) async throws { all = try await store.all(RecordQuery(Connection.self)) }

  init(_ all: [Connection]) { self.all = all }

  /// The saved ones, by name.
  var saved: [(connection: Connection, settings: Connection.Settings)] {
    all.compactMap { connection in connection.settings.map { (connection, $0) } }
      .sorted { ($0.settings.name.lowercased(), $0.connection.id) < ($1.settings.name.lowercased(), $1.connection.id) }
  }

  /// The saved connection of a name, without regard to case; `nil` when there is none.
  func named(_ name: String) -> (connection: Connection, settings: Connection.Settings)? {
    saved.first { $0.settings.name.means(name) }
  }

  /// The saved connection of a name.
  ///
  /// - Throws: ``CommandError`` that says which there are.
  func require(_ name: String) throws(CommandError) -> (connection: Connection, settings: Connection.Settings) {
    if let found = named(name) { return found }
    let names = saved.map { "\"\($0.settings.name)\"" }
    let known = names.isEmpty ? "none is saved" : "there \(names.count == 1 ? "is" : "are") \(names.joined(separator: ", "))"
    throw CommandError("There is no saved connection of this name; \(known).")
  }

  /// The saved connection of an id.
  ///
  /// - Throws: ``CommandError`` when it was removed.
  func require(_ id: ConnectionID) throws(CommandError) -> (connection: Connection, settings: Connection.Settings) {
    if let found = saved.first(where: { $0.connection.id == id }) { return found }
    throw CommandError("The connection \(id) is not saved any more.")
  }

  /// The saved connections of a service to any of the organisations, at an address when one is given.
  func saved(
    _ service: ConnectableService, organizations: [String], at address: ServiceAddress?
  ) throws(UsageError) -> [(connection: Connection, settings: Connection.Settings)] {
    var found: [(connection: Connection, settings: Connection.Settings)] = []
    for entry in saved where entry.connection.service == service.service && entry.settings.organizations.meet(organizations) {
      if let address, try !service.isSame(address, as: entry.settings.url) { continue }
      found.append(entry)
    }
    return found
  }

  /// The connection of an earlier run that was not saved and looked at one of the organisations.
  func unsaved(_ service: ConnectableService, organizations: [String]) -> Connection? {
    all.first { $0.service == service.service && $0.settings == nil && $0.organizations.meet(organizations) }
  }
}

extension String {
  /// Whether two names mean the same: services and people do not look at case.
  func means(_ other: String) -> Bool { lowercased() == other.lowercased() }
}

extension [String] {
  /// Whether a name is in both lists, without regard to case.
  func meet(_ others: [String]) -> Bool { contains { name in others.contains { $0.means(name) } } }

  /// The names without those that come again, without regard to case.
  var unique: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0.lowercased()).inserted }
  }
}
