import KoalrDomain

/// Finds a change by its id, whichever connection it came through: coverage is read through another one than the change itself.
struct ChangeLookup: Sendable {
  private let store: any Store
  private let connections: [ConnectionID]

  /// Reads which connections have changes. Costs one count for each, and a walk over all changes only when a connection is unknown.
  init(_ store: any Store) async throws {
    var connections: Set<ConnectionID> = []
    try await store.forEachPage(RecordQuery(Connection.self)) { page in
      for held in page { connections.formUnion([held.connection, held.value.id]) }
    }
    var known = 0
    for connection in connections { known += try await store.count(RecordQuery(Change.self, connection: connection)) }
    if known != (try await store.count(RecordQuery(Change.self))) {
      try await store.forEachPage(RecordQuery(Change.self)) { page in connections.formUnion(page.map(\.connection)) }
    }
    self.store = store
    self.connections = connections.sorted()
  }

  /// Returns the change as one connection has it, or `nil`.
  func change(_ id: ChangeID, of connection: ConnectionID) async throws -> Change? {
    try await store.record(Change.self, id: RecordID(unchecked: id.rawValue), connection: connection)
  }

  /// Returns the change as each connection has it.
  func changes(_ id: ChangeID) async throws -> [Change] {
    var changes: [Change] = []
    for connection in connections {
      if let change = try await change(id, of: connection) { changes.append(change) }
    }
    return changes
  }
}
