#if SQLite
package import KoalrDomain
package import KoalrStorage

/// A batch whose values are encoded already, so that nothing is encoded while other writers wait.
package struct EncodedBatch: Sendable {
  let connection: ConnectionID
  package let operations: [Operation]

  package enum Operation: Sendable {
    case upsert(EncodedRecord)
    case delete(RecordKind, RecordID, version: Date?)
    case replace(RecordKind, repository: RepositoryID?, with: [EncodedRecord])
  }

  /// Encodes the values of a batch that was checked.
  package init(_ batch: StoreBatch) throws(StoreError) {
    connection = batch.connection
    var operations: [Operation] = []
    operations.reserveCapacity(batch.operations.count)
    for operation in batch.operations { operations.append(try Self.encode(operation)) }
    self.operations = operations
  }

  private static func encode(_ operation: StoreBatch.Operation) throws(StoreError) -> Operation {
    switch operation {
    case .upsert(let record): return .upsert(try EncodedRecord(record))
    case .delete(let kind, let id, let version): return .delete(kind, id, version: version)
    case .replace(let kind, let repository, let records):
      var encoded: [EncodedRecord] = []
      encoded.reserveCapacity(records.count)
      for record in records { encoded.append(try EncodedRecord(record)) }
      return .replace(kind, repository: repository, with: encoded)
    }
  }
}

/// A record with the columns of its row.
package struct EncodedRecord: Sendable {
  let record: any StoredRecord
  package let kind: String
  package let id: String
  package let repository: String?
  /// What it is ordered by: seconds since 2001-01-01 UTC, minus infinity for no time.
  package let time: Double
  /// The parts that the value knows.
  let parts: [RecordPart]
  /// The same as stored; `nil` for `whole` alone.
  let stamps: [UInt8]?
  package let body: [UInt8]

  init(_ record: some StoredRecord) throws(StoreError) { try self.init(record, parts: record.parts) }

  /// - Parameter parts: the versions to store, where they are not those of the value.
  init<Record: StoredRecord>(_ record: Record, parts: [RecordPart]) throws(StoreError) {
    self.record = record
    kind = Record.kind.rawValue
    id = record.recordID.rawValue
    repository = record.recordRepository?.rawValue
    time = record.recordTime.sortSeconds
    self.parts = parts
    stamps = StampCoder.encode(parts)
    do {
      body = try RecordCoder.encode(record)
    } catch {
      throw StoreError(
        .invalid, operation: "write the \(Record.kind) \"\(record.recordID)\"",
        reason: "it cannot be encoded (\(error)). Nothing of its batch was written.")
    }
  }

  /// Makes what is stored in the place of `new` when some of its parts are not taken.
  init(_ new: EncodedRecord, repository: String?, time: Double, parts: [RecordPart], body: [UInt8]) {
    (record, kind, id) = (new.record, new.kind, new.id)
    (self.repository, self.time, self.parts, self.body) = (repository, time, parts, body)
    stamps = StampCoder.encode(parts)
  }

  /// The version of the part `whole`.
  package var version: Double? { parts.first { $0.name == .whole }?.version?.timeIntervalSinceReferenceDate }
}

extension Date? {
  /// What records are ordered by: no time comes first.
  var sortSeconds: Double { self?.timeIntervalSinceReferenceDate ?? -.infinity }
}
#endif
