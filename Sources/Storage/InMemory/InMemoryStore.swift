public import KoalrDomain
import Synchronization

/// Keeps everything in memory, for one process and one run.
///
/// Reading one repository's window costs what the window holds, however many other repositories there are. Reading with a
/// connection and no repository walks over the kind's records of other connections.
public final class InMemoryStore: Store {
  private let state = Mutex(State())

  /// Makes an empty store.
  public init() {}

  fileprivate struct State {
    var tables: [RecordKind: any AnyRecordTable] = [:]
    /// The times of deletions. One without a time is not kept: whatever is written after it is newer.
    var deletions: [RecordKind: [RowKey: Date]] = [:]
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension InMemoryStore {
  public func write(_ batch: StoreBatch) async throws {
    try batch.validate()
    try state.withLock { state in
      try state.checkTypes(of: batch)
      let connection = ByteText(batch.connection.rawValue)
      for operation in batch.operations { state.apply(operation, connection) }
    }
  }

  public func record<Record: StoredRecord>(
    _ type: Record.Type, id: RecordID, connection: ConnectionID
  ) async throws -> Record? {
    try state.withLock { try $0.table(type)?[RowKey(connection, id)] }
  }

  public func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    try state.withLock { try $0.table(Record.self)?.page(query) ?? RecordPage([], next: nil) }
  }

  public func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int {
    try state.withLock { try $0.table(Record.self)?.count(query) ?? 0 }
  }

  @discardableResult
  public func forget(_ connection: ConnectionID) async throws -> Int {
    state.withLock { $0.forget(ByteText(connection.rawValue)) }
  }
}

extension InMemoryStore.State {
  func table<Record: StoredRecord>(_ type: Record.Type) throws(StoreError) -> RecordTable<Record>? {
    guard let table = tables[Record.kind] else { return nil }
    guard let table = table as? RecordTable<Record> else { throw Self.mismatch(Record.self) }
    return table
  }

  func checkTypes(of batch: StoreBatch) throws(StoreError) {
    for operation in batch.operations {
      switch operation {
      case .upsert(let record): try checkType(of: record)
      case .replace(_, _, let records): if let first = records.first { try checkType(of: first) }
      case .delete: break
      }
    }
  }

  private func checkType(of record: some StoredRecord) throws(StoreError) { _ = try table(type(of: record)) }

  mutating func apply(_ operation: StoreBatch.Operation, _ connection: ByteText) {
    switch operation {
    case .upsert(let record): upsert(record, at: RowKey(connection: connection, id: ByteText(record.recordID.rawValue)))
    case .delete(let kind, let id, let version):
      delete(kind, RowKey(connection: connection, id: ByteText(id.rawValue)), version: version)
    case .replace(let kind, let repository, let records):
      let kept = Set(records.map { ByteText($0.recordID.rawValue) })
      tables[kind]?.removeAll(of: connection, in: repository, except: kept)
      for record in records { upsert(record, at: RowKey(connection: connection, id: ByteText(record.recordID.rawValue))) }
    }
  }

  private mutating func upsert<Record: StoredRecord>(_ record: Record, at key: RowKey) {
    if let deletion = deletions[Record.kind]?[key] {
      guard record.outlives(deletionAt: deletion) else { return }
      deletions[Record.kind]?[key] = nil
    }
    if let table = tables[Record.kind] {
      // Another type is impossible here: `checkTypes` refused the batch before anything was written.
      (table as? RecordTable<Record>)?.upsert(record, at: key)
    } else {
      let table = RecordTable<Record>()
      tables[Record.kind] = table
      table.upsert(record, at: key)
    }
  }

  private mutating func delete(_ kind: RecordKind, _ key: RowKey, version: Date?) {
    guard tables[kind]?.delete(key, version: version) ?? true, let version else { return }
    deletions[kind, default: [:]][key] = max(version, deletions[kind]?[key] ?? version)
  }

  mutating func forget(_ connection: ByteText) -> Int {
    for kind in deletions.keys { deletions[kind] = deletions[kind]?.filter { $0.key.connection != connection } }
    return tables.values.reduce(0) { $0 + $1.removeAll(of: connection, in: nil, except: []) }
  }

  private static func mismatch<Record: StoredRecord>(_ type: Record.Type) -> StoreError {
    StoreError(
      .invalid, operation: "read or write \(Record.kind) records as \(type)",
      reason: "the store already holds another type under this kind; give each type its own kind.")
  }
}

extension Store where Self == InMemoryStore {
  /// A new, empty store in memory.
  public static var inMemory: InMemoryStore { InMemoryStore() }
}
