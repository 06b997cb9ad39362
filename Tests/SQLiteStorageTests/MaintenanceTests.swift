#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

struct MaintenanceTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func batch(_ number: Int, size: Int = 20, bytes: Int = 500) -> StoreBatch {
    Make.batch { batch in
      for index in 0..<size {
        batch.upsert(Make.issue("\(number)/\(index)", at: number, title: String(repeating: "x", count: bytes)))
      }
    }
  }

  private func count(_ store: some Store) async throws -> Int { try await store.count(RecordQuery(KoalrCore.Issue.self)) }

  @Test func `a backup holds whole batches and all that was acknowledged before it, while writers go on`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    for number in 0..<100 { try await database.store.write(batch(number)) }
    let targets = [folder.newFile(), folder.newFile(), folder.newFile()]
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for number in 100..<200 { try await database.store.write(batch(number)) } }
      for target in targets { group.addTask { try await database.backup(to: target) } }
      try await group.waitForAll()
    }
    for target in targets {
      let copy = try await SQLiteDatabase(at: target)
      let records = try await count(copy.store)
      #expect(records >= 2_000)
      #expect(records.isMultiple(of: 20))
      #expect(try await copy.integrityCheck() == [])
      let attributes = try FileManager.default.attributesOfItem(atPath: target.path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    #expect(try folder.names().filter { $0.contains("partial") } == [])
  }

  @Test func `a backup replaces no file and leaves nothing behind when it fails`() async throws {
    let database = try await SQLiteDatabase(at: folder.file("db.sqlite"))
    try await database.store.write(batch(0))
    let target = folder.file("copy.sqlite")
    try Data("precious".utf8).write(to: target)
    let error = await #expect(throws: StoreError.self) { try await database.backup(to: target) }
    #expect(error?.code == .invalid)
    #expect(
      error?.description
        == "Could not back up db.sqlite to copy.sqlite: copy.sqlite exists already and is left as it is; name another file.")
    #expect(try Data(contentsOf: target) == Data("precious".utf8))
    let missing = await #expect(throws: StoreError.self) { try await database.backup(to: folder.file("no/copy.sqlite")) }
    #expect(
      missing?.description
        == "Could not back up db.sqlite to copy.sqlite: its folder does not exist; make the folder first, or name another file.")
    let cancelled = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      try await database.backup(to: folder.file("cancelled.sqlite"))
    }
    await #expect(throws: CancellationError.self) { try await cancelled.value }
    #expect(try folder.names().filter { !$0.hasPrefix("db.sqlite") } == ["copy.sqlite"])
  }

  @Test(.enabled(if: SmallDisk.canMount, "mounting a file system needs the rights of root"))
  func `a backup to a full disk says so and leaves nothing there`() async throws {
    let disk = try SmallDisk(kibibytes: 100)
    let database = try await SQLiteDatabase(at: folder.file("db.sqlite"))
    for number in 0..<20 { try await database.store.write(batch(number)) }
    let error = await #expect(throws: StoreError.self) { try await database.backup(to: disk.url.appending(path: "copy")) }
    #expect(error?.code == .full)
    #expect(
      error?.description
        == "Could not back up db.sqlite to copy: the disk that holds copy is full; make room and try again. "
        + "What was stored before is intact.")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.url.path) == [])
  }

  @Test func `the size says what is free, and compacting gives it back`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    for number in 0..<50 { try await database.store.write(batch(number)) }
    try await database.store.write(
      Make.batch { batch in
        for number in 5..<50 {
          for index in 0..<20 { batch.delete(KoalrCore.Issue.self, id: RecordID(unchecked: "\(number)/\(index)")) }
        }
        batch.delete(Change.self, id: RecordID(unchecked: "P"), version: Make.time(1))
      })
    let before = try await database.size()
    #expect([before.records, before.tombstones, before.jobs, before.secrets] as [Int] == [100, 1, 0, 0])
    #expect(before.freeBytes > 500_000)
    #expect(before.logBytes > 0)
    try await database.compact()
    let after = try await database.size()
    #expect(after.fileBytes < 200_000)
    #expect([after.freeBytes, after.logBytes] as [Int] == [0, 0])
    #expect(try await count(database.store) == 100)
    #expect(try await database.integrityCheck() == [])
  }

  @Test func `the log is bounded, also after one large batch`() async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(batch(0, size: 4_000, bytes: 8_000))
    #expect(try await database.size().logBytes > 30_000_000)
    for number in 1..<4 { try await database.store.write(batch(number)) }
    #expect(try await database.size().logBytes <= SQLiteConnection.logBytes)
  }

  @Test func `the log is gone when the file is closed`() async throws {
    let url = folder.newFile()
    do {
      let database = try await SQLiteDatabase(at: url)
      try await database.store.write(batch(0))
      #expect(try folder.names().count == 3)
    }
    #expect(try folder.names() == [url.lastPathComponent])
  }

  @Test(arguments: [
    ("body = x'00'", "cannot be decoded"),
    ("id = 'other'", "is stored under another id"),
    ("time = 1", "is stored under another time"),
    ("repository = 'other'", "is stored under another repository"),
    ("parts = x'05'", "has versions of its parts that make no sense"),
    ("version = 1, parts = x'0577686f6c6500'", "has two versions"),
  ])
  func `a record that does not fit its row is a problem`(change: String, problem: String) async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(batch(0, size: 2))
    #expect(try await database.integrityCheck() == [])
    try await database.writer.run("damage") { try $0.execute("UPDATE record SET \(change) WHERE id = '0/1'") }
    let id = change.hasPrefix("id") ? "other" : "0/1"
    #expect(try await database.integrityCheck() == ["The issue \"\(id)\" of the connection \"one\" \(problem)."])
  }

  @Test func `the check knows every kind of record`() {
    #expect(Set(RecordChecker.types.map { $0.kind }) == Set(RetentionRule.all.map(\.kind)))
  }

  @Test(arguments: ["TABLE job", "TABLE secret", "INDEX record_by_id", "INDEX record_by_repository"])
  func `a missing table or index is a problem`(part: String) async throws {
    let database = try await SQLiteDatabase(at: folder.newFile())
    try await database.store.write(batch(0, size: 2))
    try await database.writer.run("damage") { try $0.execute("DROP \(part)") }
    let name = part.split(separator: " ").last ?? ""
    #expect(
      try await database.integrityCheck().contains("The \(part.lowercased().replacing(name, with: "\"\(name)\"")) is missing."))
  }

  @Test func `the log of a file that a link leads to is the file's`() async throws {
    let (url, link) = (folder.newFile(), folder.file("link"))
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: url)
    _ = try await SQLiteDatabase(at: url)
    let database = try await SQLiteDatabase(at: link)
    try await database.store.write(batch(0))
    #expect(try await database.size().logBytes > 0)
  }
}
#endif
