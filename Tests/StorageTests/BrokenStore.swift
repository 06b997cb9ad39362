import KoalrCore
import KoalrTesting
import Synchronization

/// A store that keeps every promise but one.
final class BrokenStore: Store {
  private let store = InMemoryStore()
  private let flaw: StoreContract.Promise
  private let memory = Mutex(Memory())

  private struct Memory {
    var deleted: Set<String> = []
    var firstRepository: [String: RepositoryID] = [:]
    var deletions: [StoreBatch.Operation] = []
  }

  init(breaking promise: StoreContract.Promise) { flaw = promise }

  // MARK: Writing

  func write(_ batch: StoreBatch) async throws {
    switch flaw {
    case .batchIsWhole, .readersSeeWholeBatches:
      for operation in batch.operations {
        try await store.write(StoreBatch(connection: batch.connection, operations: [operation]))
        await Task.yield()
      }
    case .checkpointGoesWithBatch:
      for case .upsert(let record) in batch.operations where record is SyncCheckpoint {
        try await store.write(StoreBatch(connection: batch.connection, operations: [.upsert(record)]))
      }
      try await store.write(batch)
    default:
      try batch.validate()
      var operations: [StoreBatch.Operation] = []
      for operation in batch.operations { operations += try await broken(operation, batch.connection) }
      let connection = flaw == .identity ? ConnectionID(unchecked: "one") : batch.connection
      try await store.write(StoreBatch(connection: connection, operations: operations))
    }
  }

  private func broken(_ operation: StoreBatch.Operation, _ connection: ConnectionID) async throws -> [StoreBatch.Operation] {
    switch operation {
    case .upsert(let record): try await upsert(record, connection)
    case .delete(let kind, let id, let version): delete(kind, id, version)
    case .replace(let kind, let repository, let records): try await replace(kind, repository, records, connection)
    }
  }

  private func upsert<Record: StoredRecord>(
    _ record: Record, _ connection: ConnectionID
  ) async throws -> [StoreBatch.Operation] {
    let stored = try await store.record(Record.self, id: record.recordID, connection: connection)
    let forget = StoreBatch.Operation.delete(Record.kind, record.recordID, version: nil)
    switch flaw {
    case .readsBack:
      guard var change = record as? Change else { return [.upsert(record)] }
      change.checks = nil
      return [.upsert(change)]
    case .newerWins: return [forget, .upsert(record)]
    case .equalVersionWins:
      return stored != nil && stored?.recordTime == record.recordTime && Record.self == Issue.self ? [] : [.upsert(record)]
    case .orderDecidesWithoutVersion: return stored != nil && Record.self == Team.self ? [] : [.upsert(record)]
    case .partsAgeSeparately:
      return Record.self == Change.self && stored != nil ? [forget, .upsert(record)] : [.upsert(record)]
    case .replayChangesNothing: return stored == record ? [forget] : [.upsert(record)]
    case .newerReturns: return memory.withLock { $0.deleted.contains(record.recordID.rawValue) } ? [] : [.upsert(record)]
    case .movesAreSeen:
      memory.withLock { memory in
        if memory.firstRepository[record.recordID.rawValue] == nil {
          memory.firstRepository[record.recordID.rawValue] = record.recordRepository
        }
      }
      return [.upsert(record)]
    case .keepsBytesAndMilliseconds:
      guard var issue = record as? Issue else { return [.upsert(record)] }
      issue.updatedAt = Date(timeIntervalSince1970: issue.updatedAt.timeIntervalSince1970.rounded(.down))
      return [.upsert(issue)]
    default: return [.upsert(record)]
    }
  }

  private func delete(_ kind: RecordKind, _ id: RecordID, _ version: Date?) -> [StoreBatch.Operation] {
    switch flaw {
    case .deletionRemoves: return []
    case .tombstoneHolds: return [.delete(kind, id, version: nil)]
    case .newerReturns:
      memory.withLock { _ = $0.deleted.insert(id.rawValue) }
    case .forgottenMayReturn: memory.withLock { $0.deletions.append(.delete(kind, id, version: version)) }
    case .oldDeletionIsIgnored: return [.delete(kind, id, version: nil), .delete(kind, id, version: version)]
    default: break
    }
    return [.delete(kind, id, version: version)]
  }

  private func replace(
    _ kind: RecordKind, _ repository: RepositoryID?, _ records: [any StoredRecord], _ connection: ConnectionID
  ) async throws -> [StoreBatch.Operation] {
    let whole = StoreBatch.Operation.replace(kind, repository: repository, with: records)
    switch flaw {
    case .replacementRemoves: return records.map { .upsert($0) }
    case .replacementSpares: return [.replace(kind, repository: nil, with: records)]
    case .replacedMayReturn where kind == .issue:
      let missing = try await store.all(RecordQuery(Issue.self, connection: connection)).filter { issue in
        !records.contains { $0.recordID == issue.recordID }
      }
      return [whole] + missing.map { .delete(kind, $0.recordID, version: $0.updatedAt) }
    case .agreesWithModel where kind == .incident && records.isEmpty: return []
    default: return [whole]
    }
  }

  // MARK: Reading

  func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record? {
    try await store.record(type, id: id, connection: flaw == .identity ? ConnectionID(unchecked: "one") : connection)
  }

  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    switch flaw {
    case .pagesAreOrdered:
      let page = try await store.page(query)
      return RecordPage(page.records.sorted { $0.value.recordID < $1.value.recordID }, next: page.next)
    case .pagesAreComplete:
      let page = try await store.page(query)
      return RecordPage(page.records, next: page.next.flatMap { _ in page.records.first.map(\.position) })
    case .positionsStayValid:
      guard let after = query.after else { break }
      guard try await store.record(Record.self, id: after.id, connection: after.connection) != nil else {
        return RecordPage([], next: nil)
      }
    case .filtersHold:
      var query = query
      query.times = query.times.map { $0.lowerBound..<($0.upperBound + 0.001) }
      return try await store.page(query)
    case .movesAreSeen:
      guard let repository = query.repository else { break }
      var page = try await store.page(RecordQuery(Record.self))
      page.records.removeAll { held in
        memory.withLock { $0.firstRepository[held.value.recordID.rawValue] } != repository
      }
      return page
    default: break
    }
    return try await store.page(query)
  }

  func all<each Record: StoredRecord>(
    of queries: repeat RecordQuery<each Record>
  ) async throws -> (repeat [each Record]) {
    (repeat try await records(of: each queries))
  }

  private func records<Record: StoredRecord>(of query: RecordQuery<Record>) async throws -> [Record] {
    if flaw == .questionsTogether { return try await page(query).records.map(\.value) }
    var records: [Record] = []
    try await forEachPage(query) { records += $0.map(\.value) }
    return records
  }

  func forget(_ connection: ConnectionID) async throws -> Int {
    var rest = StoreBatch(connection: connection)
    switch flaw {
    case .forgettingRemoves:
      let checkpoints = RecordQuery(SyncCheckpoint.self, connection: connection)
      rest.upsert(try await store.all(checkpoints))
    case .forgettingSpares: _ = try await store.forget(ConnectionID(unchecked: "two"))
    case .forgottenMayReturn:
      rest = StoreBatch(connection: connection, operations: memory.withLock { $0.deletions })
    default: break
    }
    let removed = try await store.forget(connection)
    try await store.write(rest)
    return removed
  }

  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int {
    let count = try await store.count(query)
    return flaw == .countsAreTrue ? min(count, query.limit) : count
  }

  func countFiles<Record: FileHolding>(of query: RecordQuery<Record>) async throws -> Int {
    if flaw == .filesAreCounted { return try await page(query).records.compactMap(\.value.files?.count).reduce(0, +) }
    return try await store.countFiles(of: query)
  }
}
