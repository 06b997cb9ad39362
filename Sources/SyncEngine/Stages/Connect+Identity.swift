import KoalrDomain
import KoalrStorage

// A store knows a connection by its name. Another organisation under the same name would replace the lists of the first, and both
// would look like one.

extension SyncEngine {
  /// Stores a connection as it was tested. One that failed may not know what it looks at; the store remembers.
  func keep(_ tested: Connection) async throws -> Connection {
    var connection = tested
    if tested.status == .failed, let known = try await reading(tested.id) {
      (connection.organization, connection.service) = (known.organization, known.service)
      connection.otherOrganizations = known.otherOrganizations
    }
    var batch = StoreBatch(connection: connection.id)
    batch.upsert(connection)
    try await store.write(batch)
    steps.yield(.connected(connection))
    return connection
  }

  /// Whether a code host has never worked under this name: a mistyped one leaves nothing in the store.
  func isMistaken(_ host: Connection) async throws -> Bool {
    guard host.status == .failed,
      try await store.record(Connection.self, id: RecordID(unchecked: host.id.rawValue), connection: host.id) == nil
    else { return false }
    steps.yield(.connected(host))
    return true
  }

  /// Stores a connection that the run can do without. One under whose name the store holds something else has
  /// failed, and is not stored.
  func keepOptional(_ tested: Connection?) async throws -> Connection? {
    guard var connection = tested else { return nil }
    guard let message = try await otherOrganization(than: connection) else { return try await keep(connection) }
    (connection.status, connection.message) = (.failed, message)
    steps.yield(.connected(connection))
    return connection
  }

  /// Says what is wrong when the store holds data of another service or other organisations under the connection's name. One that
  /// covers an organisation more or less is the same; one that covers none of those it covered is another.
  func otherOrganization(than tested: Connection) async throws -> String? {
    guard tested.status != .failed, let known = try await reading(tested.id) else { return nil }
    let names = Self.names(known)
    let isOther = !names.isEmpty && tested.organization != nil && names.isDisjoint(with: Self.names(tested))
    guard known.service != tested.service || isOther else { return nil }
    return
      "The store holds \(Self.source(known)) under the connection \"\(tested.id)\", which now reads \(Self.source(tested)); "
      + "use another store, or give the connection another name."
  }

  /// The connection of this name that was read into the store; one that never worked has brought nothing.
  private func reading(_ id: ConnectionID) async throws -> Connection? {
    let known = try await store.record(Connection.self, id: RecordID(unchecked: id.rawValue), connection: id)
    guard let known, known.status == .failed else { return known }
    return try await store.checkpoint(.run, connection: id) == nil ? nil : known
  }

  private static func names(_ connection: Connection) -> Set<String> { Set(connection.organizations.map { $0.lowercased() }) }

  private static func source(_ connection: Connection) -> String {
    let names = connection.organizations.joined(separator: ", ")
    return "\(connection.service)" + (names.isEmpty ? "" : " of \(names)")
  }
}
