#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage
import KoalrTesting
import Testing

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
    #expect(try await export(database.store) == expected, "after the same sync again")
  }
}
#endif
