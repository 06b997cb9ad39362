import KoalrCore
import KoalrTesting
import Synchronization
import Testing

/// How often a run writes: each write is a wait for the disk.
struct WritingTests {
  /// Notes what is written together.
  private final class NotingStore: Store {
    let kept = InMemoryStore()
    private let state = Mutex<[StoreBatch]>([])

    var batches: [StoreBatch] { state.withLock { $0 } }

    func write(_ batch: StoreBatch) async throws {
      state.withLock { $0.append(batch) }
      try await kept.write(batch)
    }

    func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record? {
      try await kept.record(type, id: id, connection: connection)
    }

    func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
      try await kept.page(query)
    }

    func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int { try await kept.count(query) }
    func forget(_ connection: ConnectionID) async throws -> Int { try await kept.forget(connection) }
  }

  private static func records<Record: StoredRecord>(_ type: Record.Type, in batch: StoreBatch) -> [Record] {
    batch.operations.compactMap { if case .upsert(let record) = $0 { record as? Record } else { nil } }
  }

  @Test func `a short history is written at once, with the files of its changes and its checkpoint`() async throws {
    let store = NotingStore()
    let trial = SyncTrial.small(store)
    #expect(try await trial.run().isComplete)
    let withCommits = store.batches.filter { !Self.records(Commit.self, in: $0).isEmpty }
    let shop = try #require(SyncTrial.smallWorld["design-system"]).repository.id
    let ofShop = withCommits.filter { Self.records(Commit.self, in: $0).contains { $0.repositoryID == shop } }
    let batch = try #require(ofShop.first)
    #expect(ofShop.count == 1)
    #expect(Self.records(Change.self, in: batch).contains { $0.files != nil })
    #expect(Self.records(SyncCheckpoint.self, in: batch).contains { $0.scope.rawValue == "history/\(shop)" && $0.complete })
  }

  @Test func `a long history is written in several parts, the checkpoint with the last`() async throws {
    var world = SyncTrial.smallWorld
    let index = try #require(world.repositories.firstIndex { $0.repository.name.name == "design-system" })
    var newest = try #require(world.repositories[index].commits.first)
    for number in 1...1_100 {
      let parent = newest.sha
      newest.sha = CommitID(unchecked: SmallWorld.sha(900_000 + number).rawValue)
      newest.parents = [parent]
      world.repositories[index].commits.append(newest)
    }
    let store = NotingStore()
    #expect(try await SyncTrial(world, store: store).run().isComplete)
    let shop = world.repositories[index].repository.id
    let parts = store.batches.indices.filter { index in
      Self.records(Commit.self, in: store.batches[index]).contains { $0.repositoryID == shop }
    }
    let complete = store.batches.firstIndex {
      Self.records(SyncCheckpoint.self, in: $0).contains { $0.scope.rawValue == "history/\(shop)" }
    }
    let last = try #require(complete)
    #expect(parts.count > 1 && parts.allSatisfy { $0 <= last })
  }

  @Test func `a repository's incidents and scores are written together`() async throws {
    let store = NotingStore()
    try await SyncTrial(SampleOrganisation.world, store: store).run()
    let replaced = store.batches.map { batch in
      Set(batch.operations.compactMap { if case .replace(let kind, _, _) = $0 { kind } else { nil } })
    }
    let incidents = replaced.filter { $0.contains(.incident) }
    #expect(!incidents.isEmpty && incidents.allSatisfy { $0.contains(.assessment) })
  }

  @Test func `what comes after the scores is counted before anything is asked again`() async throws {
    let trial = SyncTrial.small()
    let shop = try #require(SyncTrial.smallWorld["design-system"])
    var late = try #require(shop.changes.first)
    late.id = ChangeID(unchecked: "late")
    (late.updatedAt, late.files) = (SampleOrganisation.now, [])
    let (remote, store, change) = (trial.remote, trial.store, late)
    var failures = FailurePlan()
    failures.perform(at: .counts, call: 1) {
      remote.update { world in
        guard let index = world.repositories.firstIndex(where: { $0.repository.id == shop.repository.id }) else { return }
        world.repositories[index].changes.append(change)
      }
      var batch = StoreBatch(connection: ConnectionID(unchecked: "github"))
      batch.upsert(change)
      try? await store.write(batch)
    }
    remote.setFailures(failures)
    let whole = SyncTrial.small()
    try await whole.run()
    let report = try await trial.run()
    #expect(report.isComplete, "\(report.gaps)")
    #expect(remote.callCount(.changes) == whole.remote.callCount(.changes))
  }
}
