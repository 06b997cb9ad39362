import KoalrCore
import Synchronization

/// A store in a process that dies at a write; what was written until then survives in another one.
final class KillableStore: Store {
  enum Moment: CaseIterable, Sendable { case before, after }
  struct Killed: Error {}

  let survivor: InMemoryStore
  private let death: (write: Int, moment: Moment)?
  private let state = Mutex(State())

  private struct State {
    var writes = 0
    var isDead = false
  }

  init(_ survivor: InMemoryStore, dyingAt write: Int? = nil, _ moment: Moment = .before) {
    self.survivor = survivor
    death = write.map { ($0, moment) }
  }

  /// How many writes were tried.
  var writes: Int { state.withLock { $0.writes } }

  func write(_ batch: StoreBatch) async throws {
    let isLast = try state.withLock { state in
      guard !state.isDead else { throw Killed() }
      state.writes += 1
      state.isDead = state.writes == death?.write
      return state.isDead
    }
    guard !isLast || death?.moment == .after else { throw Killed() }
    try await survivor.write(batch)
    if isLast { throw Killed() }
  }

  func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record? {
    try checkAlive()
    return try await survivor.record(type, id: id, connection: connection)
  }

  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    try checkAlive()
    return try await survivor.page(query)
  }

  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int {
    try checkAlive()
    return try await survivor.count(query)
  }

  @discardableResult
  func forget(_ connection: ConnectionID) async throws -> Int { try await survivor.forget(connection) }

  private func checkAlive() throws {
    if state.withLock({ $0.isDead }) { throw Killed() }
  }
}
