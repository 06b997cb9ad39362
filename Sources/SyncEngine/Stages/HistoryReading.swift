import KoalrDomain
import KoalrStorage
import Synchronization

/// The commits of one reading of a history, and those that were stored before it.
///
/// A branch may be rewritten: commits that a whole reading does not bring are not in it any more.
final class HistoryReading: Sendable {
  private let known: Set<RecordID>
  private let found = Mutex<Set<RecordID>>([])

  /// Takes note of the commits that are stored of the window, and of the accounts behind their addresses.
  init(_ repository: Repository, engine: SyncEngine, world: SyncWorld) async throws {
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

  /// Notes commits that were read.
  func note(_ commits: [Commit]) {
    guard !known.isEmpty else { return }
    found.withLock { $0.formUnion(commits.map(\.recordID)) }
  }

  /// Removes the stored commits that were not read.
  func forgetUnreachable(in batch: inout StoreBatch) {
    let found = found.withLock { $0 }
    for id in known.subtracting(found).sorted(by: { $0.rawValue < $1.rawValue }) { batch.delete(Commit.self, id: id) }
  }
}
