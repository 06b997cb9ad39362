#if SQLite
public import KoalrDomain
public import KoalrStorage

/// Keeps records in a database file.
///
/// ```swift
/// let database = try await SQLiteDatabase(at: URL(filePath: "koalr.sqlite"))
/// let engine = SyncEngine(sources: sources, store: database.store)
/// ```
///
/// A batch is one transaction; once `write` returns it is on the disk. Reading one repository's window costs what the window holds,
/// however many other repositories there are; reading with a connection and no repository walks over the kind's records of other
/// connections. Forgetting a connection writes the file anew, so that nothing of it is left in its bytes or in the log; an error that
/// comes after the records are removed says so.
public struct SQLiteStore: Store {
  private let database: SQLiteDatabase

  init(_ database: SQLiteDatabase) { self.database = database }

  /// Writes values that are encoded already.
  package func write(_ batch: EncodedBatch) async throws {
    guard !batch.operations.isEmpty else { return }
    try await database.writer.transaction("write a batch of the connection \"\(batch.connection)\"") { connection in
      var writer = try BatchWriter(connection, owner: batch.connection)
      for operation in batch.operations { try writer.apply(operation) }
    }
  }
}

extension SQLiteDatabase {
  /// The records of the file.
  public var store: SQLiteStore { SQLiteStore(self) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension SQLiteStore {
  public func write(_ batch: StoreBatch) async throws {
    try batch.validate()
    try await write(EncodedBatch(batch))
  }

  public func record<Record: StoredRecord>(
    _ type: Record.Type, id: RecordID, connection: ConnectionID
  ) async throws -> Record? {
    try await database.reader.run("read the \(Record.kind) \"\(id)\"") { try StoreReader($0).record(type, id, connection) }
  }

  public func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    try await database.orderByTime(for: query)
    return try await database.reader.run("read \(Record.kind) records") { try StoreReader($0).page(query) }
  }

  public func all<each Record: StoredRecord>(
    of queries: repeat RecordQuery<each Record>
  ) async throws -> (repeat [each Record]) {
    try Task.checkCancellation()
    repeat try await database.orderByTime(for: each queries)
    return try await database.reader.run("read \(Self.kinds(repeat (each Record).self)) records") { connection in
      let reader = StoreReader(connection)
      return try connection.snapshot { (repeat try reader.all(each queries)) }
    }
  }

  private static func kinds<each Record: StoredRecord>(_ types: repeat (each Record).Type) -> String {
    var kinds: [String] = []
    for type in repeat each types { kinds.append(type.kind.rawValue) }
    return kinds.joined(separator: ", ")
  }

  public func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int {
    if query.times != nil { try await database.orderByTime(for: query) }
    return try await database.reader.run("count \(Record.kind) records") { try StoreReader($0).count(query) }
  }

  public func countFiles<Record: FileHolding>(of query: RecordQuery<Record>) async throws -> Int {
    if query.times != nil { try await database.orderByTime(for: query) }
    return try await database.reader.run("count the files of \(Record.kind) records") {
      try StoreReader($0).countFiles(of: query)
    }
  }

  @discardableResult
  public func forget(_ connection: ConnectionID) async throws -> Int {
    try await database.forget(connection)
  }
}
#endif
