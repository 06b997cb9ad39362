import KoalrCore

/// The saved connections of a store, and what changes them without asking a service.
struct SavedConnections {
  var records: any Store
  var jobs: any JobQueue
  var tokens: SavedTokens
  var held: HeldConnections

  init(_ file: any DatabaseFile, environment: [String: String]) async throws {
    records = file.records
    jobs = file.jobs
    tokens = SavedTokens(storage: file.tokens, environment: environment)
    held = try await HeldConnections(file.records)
  }

  /// What connections start and end beside their records.
  ///
  /// - Throws: ``CommandError`` when the keys are missing.
  func lifecycle() throws -> ConnectionLifecycle {
    ConnectionLifecycle(store: records, secrets: try tokens.sealed(), queue: jobs)
  }

  /// Writes a tested connection with its token. The token comes first: a connection without one would be of no use.
  func save(_ connection: Connection, _ credential: NewCredential) async throws {
    try await tokens.save(credential, connection.id)
    try await write(connection)
  }

  /// Refuses a name that another connection has.
  func requireFree(_ name: String, except id: ConnectionID? = nil) throws(CommandError) {
    guard let other = held.named(name), other.connection.id != id else { return }
    throw CommandError("A connection is already called \"\(other.settings.name)\"; choose another name.")
  }

  func rename(_ name: String, to new: String) async throws {
    let found = try held.require(name)
    try requireFree(new, except: found.connection.id)
    var connection = found.connection
    connection.settings?.name = new
    try await write(connection)
    try Output.print("\"\(found.settings.name)\" is now called \"\(new)\".")
  }

  func remove(_ name: String, deletesData: Bool, revokes: Bool = false) async throws {
    let found = try held.require(name)
    let id = found.connection.id
    if revokes { try await revoke(found) }
    try await tokens.removeAll(id)
    guard deletesData else {
      try await dropSettings(of: found.connection)
      return try Output.print("\"\(found.settings.name)\" is removed; its records stay.")
    }
    let count = try await records.forget(id)
    try Output.print("\"\(found.settings.name)\" is removed with its \(count) record\(count == 1 ? "" : "s").")
  }

  func reseal() async throws {
    let count = try await tokens.sealed().reseal()
    try Output.print("\(count) token\(count == 1 ? " was" : "s were") sealed again; all are sealed with the first key.")
  }

  /// Writes what a person chose, or what a test found.
  func write(_ connection: Connection) async throws {
    var batch = StoreBatch(connection: connection.id)
    batch.upsert(connection)
    try await records.write(batch)
  }

  /// A record without settings leaves stored ones alone, so the old record goes first.
  private func dropSettings(of connection: Connection) async throws {
    var bare = connection
    bare.settings = nil
    var batch = StoreBatch(connection: connection.id)
    batch.delete(Connection.self, id: bare.recordID)
    batch.upsert(bare)
    try await records.write(batch)
  }
}
