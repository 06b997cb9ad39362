import KoalrDomain
import KoalrStorage

/// Shows what a store holds and writes nothing to it, for plans.
///
/// A run reads on from the marks that it makes when it begins; those, and only those, are kept here.
actor PlanningStore: Store {
  private let base: any Store
  private let marks = InMemoryStore()
  private var copying: Task<Void, any Error>?

  init(_ base: any Store) { self.base = base }

  func write(_ batch: StoreBatch) async throws {
    try await copyMarks()
    try await marks.write(batch.keepingMarks)
  }

  func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record? {
    try await holder(of: type).record(type, id: id, connection: connection)
  }

  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    try await holder(of: Record.self).page(query)
  }

  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int {
    try await holder(of: Record.self).count(query)
  }

  /// Nothing is forgotten.
  func forget(_ connection: ConnectionID) -> Int { 0 }

  private func holder(of type: any StoredRecord.Type) async throws -> any Store {
    guard type == SyncCheckpoint.self else { return base }
    try await copyMarks()
    return marks
  }

  /// Copies the marks of earlier runs, once.
  private func copyMarks() async throws {
    // A task of its own: as a child of whoever asks first it would be cancelled with them, and leave the others half of the marks.
    // Everybody who asks waits for its end.
    let task = copying ?? Task { try await marks.copyMarks(from: base) }
    copying = task
    try await task.value
  }
}

extension InMemoryStore {
  fileprivate func copyMarks(from other: any Store) async throws {
    try await other.forEachPage(RecordQuery(SyncCheckpoint.self)) { page in
      for held in page {
        var batch = StoreBatch(connection: held.connection)
        batch.checkpoint(held.value)
        try await self.write(batch)
      }
    }
  }
}

extension StoreBatch {
  fileprivate var keepingMarks: StoreBatch {
    StoreBatch(
      connection: connection,
      operations: operations.filter { operation in
        switch operation {
        case .upsert(let record): record is SyncCheckpoint
        case .delete(let kind, _, _), .replace(let kind, _, _): kind == SyncCheckpoint.kind
        }
      })
  }
}
