import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage
import Synchronization

/// One reading of a history: what it brought, and what was stored before it.
///
/// A branch may be rewritten: commits that a whole reading does not bring are not in it any more. What comes in small batches is
/// written in larger ones, as each costs a wait for the disk.
final class HistoryReading: Sendable {
  /// How much is written at once; what is larger came so.
  private static let (fewItems, fewFiles) = (200, 5_000)

  private let known: Set<RecordID>
  private let changes: [ChangeID: Change]
  private let state: Mutex<State>

  private struct State {
    var found: Set<RecordID> = []
    var files: [ChangeID: [ChangedFile]] = [:]
    var batch: StoreBatch
    var filesInBatch = 0

    mutating func takeBatch() -> StoreBatch {
      defer { (batch, filesInBatch) = (StoreBatch(connection: batch.connection), 0) }
      return batch
    }
  }

  /// Takes note of the commits that are stored of the window, and of the accounts behind their addresses.
  init(_ repository: Repository, changes: [Change], engine: SyncEngine, world: SyncWorld) async throws {
    self.changes = Dictionary(changes.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    state = Mutex(State(batch: StoreBatch(connection: world.connections.host)))
    guard world.hasEarlierChanges || world.span(.history, of: repository) != nil else {
      known = []
      return
    }
    let query = RecordQuery(
      Commit.self, connection: world.connections.host, repository: repository.id,
      times: world.window.since..<Date.distantFuture)
    var known: Set<RecordID> = []
    try await engine.store.forEachPage(query) { page in
      known.formUnion(page.map(\.value.recordID))
      await world.authors.learn(page.map(\.value))
    }
    self.known = known
  }

  /// What a gap calls a change.
  func label(of id: ChangeID) -> String { changes[id]?.label ?? "" }

  /// Takes a part of the history; returns what is to be written now.
  func add(_ history: HistoryBatch, with commits: [Commit]) -> StoreBatch? {
    state.withLock { state -> StoreBatch? in
      if !known.isEmpty { state.found.formUnion(commits.map(\.recordID)) }
      state.batch.upsert(commits)
      state.batch.upsert(history.changes)
      for (id, files) in history.changeFiles {
        guard let change = changes[id] else { continue }
        state.files[id] = files
        state.batch.upsert(change.with(files: files))
      }
      state.filesInBatch += history.fileCount
      guard state.batch.operations.count >= Self.fewItems || state.filesInBatch >= Self.fewFiles else { return nil }
      return state.takeBatch()
    }
  }

  /// Returns what is still to be written.
  func takeBatch() -> StoreBatch { state.withLock { $0.takeBatch() } }

  /// The changes with the files that were read.
  func addingFiles(to changes: [Change]) -> [Change] {
    let files = state.withLock { $0.files }
    return changes.map { change in
      guard let read = files[change.id] else { return change }
      var change = change
      change.files = read
      return change
    }
  }

  /// Removes the stored commits that were not read.
  func forgetUnreachable(in batch: inout StoreBatch) {
    let found = state.withLock { $0.found }
    for id in known.subtracting(found).sorted(by: { $0.rawValue < $1.rawValue }) { batch.delete(Commit.self, id: id) }
  }
}

extension HistoryBatch {
  fileprivate var fileCount: Int {
    commits.reduce(0) { $0 + ($1.files?.count ?? 0) } + changes.reduce(0) { $0 + ($1.files?.count ?? 0) }
      + changeFiles.values.reduce(0) { $0 + $1.count }
  }
}
