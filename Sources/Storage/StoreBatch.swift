public import KoalrDomain

/// Writes that belong together: a page, what it replaces, and the checkpoint behind it.
public struct StoreBatch: Sendable {
  /// The connection all of it came through.
  public var connection: ConnectionID
  /// The writes, in order.
  public private(set) var operations: [Operation] = []

  /// One write.
  public enum Operation: Sendable {
    /// Adds a record or updates its parts.
    case upsert(any StoredRecord)
    /// Removes a record and keeps a tombstone; `version` is the time of the deletion at the source.
    case delete(RecordKind, RecordID, version: Date?)
    /// Makes the records the whole set of their kind in a repository, or in the connection when `repository` is `nil`.
    case replace(RecordKind, repository: RepositoryID?, with: [any StoredRecord])
  }

  /// Makes an empty batch.
  public init(connection: ConnectionID) { self.connection = connection }

  /// Makes a batch of given writes, for stores that wrap another one.
  package init(connection: ConnectionID, operations: [Operation]) {
    self.connection = connection
    self.operations = operations
  }

  /// Whether there is nothing to write.
  public var isEmpty: Bool { operations.isEmpty }

  /// Adds a record or updates its parts.
  public mutating func upsert(_ record: some StoredRecord) { operations.append(.upsert(record)) }

  /// Adds records or updates their parts.
  public mutating func upsert(_ records: some Sequence<some StoredRecord>) {
    for record in records { upsert(record) }
  }

  /// Removes a record for good.
  public mutating func delete<Record: StoredRecord>(_ type: Record.Type, id: RecordID, version: Date? = nil) {
    operations.append(.delete(Record.kind, id, version: version))
  }

  /// Makes `records` the whole set of their kind in a repository, or in the connection.
  public mutating func replace<Record: StoredRecord>(
    all type: Record.Type, in repository: RepositoryID? = nil, with records: [Record]
  ) {
    operations.append(.replace(Record.kind, repository: repository, with: records))
  }

  /// Sets the checkpoint that is true once the batch is written.
  public mutating func checkpoint(_ checkpoint: SyncCheckpoint) { upsert(checkpoint) }
}
