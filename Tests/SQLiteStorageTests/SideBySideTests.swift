#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

/// The sample organisation in both kinds of store.
struct SideBySideTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func sync(into store: some Store) async throws {
    let adapters = SampleOrganisation.adapters()
    let sources = SyncSources(
      codeHost: adapters.codeHost, history: adapters.history, coverage: adapters.coverage,
      vulnerabilities: adapters.vulnerabilities, incidents: adapters.incidents)
    let clock = ManualClock(startingAt: SampleOrganisation.now)
    let report = try await SyncEngine(sources: sources, store: store, clock: clock).run()
    try #require(report.isComplete)
  }

  private func export(_ store: some Store) async throws -> Data {
    let file = folder.newFile()
    try await StoreExport(store).write(to: file)
    return try Data(contentsOf: file)
  }

  /// Without checkpoints, which tell what was read when: another run changes them.
  private static func records(_ export: Data) -> [Data] {
    export.split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: Data(#"{"kind":"checkpoint""#.utf8)) }.map { Data($0) }
  }

  private func copy(_ source: some Store, into target: some Store) async throws {
    let file = folder.newFile()
    try await StoreExport(source).write(to: file)
    try await StoreImport(target).read(from: file)
  }

  @Test func `a sync fills both kinds of store alike, and each is imported into the other unchanged`() async throws {
    let memory = InMemoryStore()
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await sync(into: memory)
    try await sync(into: database.store)
    let expected = try await export(memory)
    #expect(expected.count > 1_000_000)
    #expect(try await export(database.store) == expected)

    let other = try await SQLiteDatabase(at: folder.newFile())
    try await copy(memory, into: other.store)
    #expect(try await export(other.store) == expected)
    let otherMemory = InMemoryStore()
    try await copy(database.store, into: otherMemory)
    #expect(try await export(otherMemory) == expected)
    #expect(try await database.integrityCheck() == [])

    try await sync(into: database.store)
    #expect(try await Self.records(export(database.store)) == Self.records(expected), "after the same sync again")
  }

  /// What a store relies on when it overwrites a record unread.
  private func checkReplacement<Record: StoredRecord>(_ type: Record.Type, in store: some Store) async throws {
    let records = try await store.all(RecordQuery(type))
    for (older, newer) in zip(records, records.dropFirst()) {
      var merged = older
      merged.take(.whole, from: newer)
      #expect(merged == newer)
      #expect(newer.parts.map(\.name) == [.whole])
    }
  }

  @Test func `a kind that says so is replaced whole, and kinds with several parts do not say so`() async throws {
    let memory = InMemoryStore()
    try await sync(into: memory)
    var others: [RecordKind] = []
    for type in RecordChecker.types {
      if type.isReplacedWhole {
        try await checkReplacement(type, in: memory)
      } else {
        others.append(type.kind)
      }
    }
    #expect(others == [.connection, .change, .commit, .activity])
  }
}
#endif
