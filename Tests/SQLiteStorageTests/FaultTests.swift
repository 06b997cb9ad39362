#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

/// What goes wrong around a file: each is a sentence that says what to do, and nothing that was stored is lost.
struct FaultTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func openError(_ url: URL) async throws -> StoreError {
    let error = await #expect(throws: StoreError.self) { _ = try await SQLiteDatabase(at: url, patience: .milliseconds(20)) }
    return try #require(error)
  }

  private func write(_ range: Range<Int>, bytes: Int = 100, to store: some Store) async throws {
    try await store.write(
      Make.batch { batch in
        for number in range {
          batch.upsert(Make.issue("I_\(number)", at: number, title: String(repeating: "x", count: bytes)))
        }
      })
  }

  private func count(_ store: some Store) async throws -> Int { try await store.count(RecordQuery(KoalrCore.Issue.self)) }

  // MARK: Places

  @Test func `a new file is for its owner only, as is its log`() async throws {
    let url = folder.file("new.sqlite")
    let database = try await SQLiteDatabase(at: url)
    try await write(0..<1, to: database.store)
    for suffix in ["", "-wal", "-shm"] {
      let attributes = try FileManager.default.attributesOfItem(atPath: url.path + suffix)
      #expect(attributes[.posixPermissions] as? Int == 0o600, "\(suffix)")
    }
  }

  @Test func `places where no file can be are told apart`() async throws {
    try FileManager.default.createDirectory(at: folder.file("folder"), withIntermediateDirectories: true)
    let missing = try await openError(folder.file("nowhere/db.sqlite"))
    #expect(missing.code == .unavailable)
    #expect(
      "\(missing)"
        == "Could not open db.sqlite: its folder does not exist; make the folder first, or name another file.")
    let directory = try await openError(folder.file("folder"))
    #expect("\(directory)" == "Could not open folder: it is a folder or a device and no file; name a file.")
    let web = try await openError(try #require(URL(string: "https://example.org/db.sqlite")))
    #expect(web.code == .invalid)
    #expect("\(web)" == "Could not open https: it is not the address of a file.")
  }

  @Test func `an empty file becomes a database`() async throws {
    let url = folder.newFile()
    try Data().write(to: url)
    let database = try await SQLiteDatabase(at: url)
    try await write(0..<3, to: database.store)
    #expect(try await count(database.store) == 3)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become another user"))
  func `what another user may not write is said, be it the file or its folder`() async throws {
    let folders = ["closed", "open"].map { folder.file($0) }
    for (folder, mode) in zip(folders, [0o755, 0o777]) {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.path)
    }
    let (mine, theirs) = (folders[1].appending(path: "mine"), folders[0].appending(path: "theirs"))
    for (file, mode) in [(mine, 0o600), (theirs, 0o666)] {
      try Data().write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
    let paths = [mine.path, theirs.path, folders[0].appending(path: "new").path]
    await #expect(processExitsWith: .success) { [paths = paths as [String]] in
      try #require(setgid(65_534) == 0 && setuid(65_534) == 0)
      for path in paths {
        let error = await #expect(throws: StoreError.self) { _ = try await SQLiteDatabase(at: URL(filePath: path)) }
        #expect(
          error?.description
            == "Could not open \(URL(filePath: path).lastPathComponent): it or its folder may not be written by this user; mend "
            + "the permissions and try again.")
      }
    }
  }

  // MARK: Disks

  @Test(.enabled(if: SmallDisk.canMount, "mounting a file system needs the rights of root"))
  func `a full disk refuses a batch whole, and goes on when there is room`() async throws {
    let disk = try SmallDisk(kibibytes: 2_048)
    let database = try await SQLiteDatabase(at: disk.url.appending(path: "db.sqlite"))
    try await write(0..<100, to: database.store)
    let filler = disk.url.appending(path: "filler")
    try Data(count: 600_000).write(to: filler)
    let error = await #expect(throws: StoreError.self) { try await write(50..<1_000, bytes: 2_000, to: database.store) }
    #expect(error?.code == .full)
    #expect(
      error?.description
        == "Could not write a batch of the connection \"one\": the disk that holds db.sqlite is full; make room and try again. "
        + "What was stored before is intact.")
    #expect(try await count(database.store) == 100)
    #expect(try await database.store.all(RecordQuery(KoalrCore.Issue.self)).map(\.title.count).max() == 100)
    try FileManager.default.removeItem(at: filler)
    try await write(100..<200, to: database.store)
    #expect(try await count(database.store) == 200)
    #expect(try await database.integrityCheck() == [])
  }

  @Test(.enabled(if: SmallDisk.canMount, "mounting a file system needs the rights of root"))
  func `a disk too small for a database says that it is full, and one that is read-only that`() async throws {
    let disk = try SmallDisk(kibibytes: 40)
    let full = try await openError(disk.url.appending(path: "db.sqlite"))
    #expect(full.code == .full)
    #expect(
      "\(full)"
        == "Could not open db.sqlite: the disk that holds db.sqlite is full; make room and try again. "
        + "What was stored before is intact.")
    try disk.makeReadOnly()
    for name in ["db.sqlite", "new.sqlite"] {
      let error = try await openError(disk.url.appending(path: name))
      #expect(error.code == .unavailable)
      #expect(
        "\(error)"
          == "Could not open \(name): it lies on a file system that is mounted read-only; mount it for writing or name another file."
      )
    }
  }

  // MARK: Others at the same file

  @Test func `a file that another process keeps locked is waited for, then said`() async throws {
    let url = folder.newFile()
    let database = try await SQLiteDatabase(at: url, patience: .milliseconds(20))
    let other = try RawDatabase(url)
    try other.connection.execute("BEGIN IMMEDIATE")
    let error = await #expect(throws: StoreError.self) { try await write(0..<3, to: database.store) }
    #expect(error?.code == .unavailable)
    let name = url.lastPathComponent
    #expect(
      error?.description
        == "Could not write a batch of the connection \"one\": another process has kept \(name) locked; wait for it to finish, "
        + "or stop it, and try again.")
    #expect(try await count(database.store) == 0)
    try other.connection.execute("COMMIT")
    try await write(0..<3, to: database.store)
    #expect(try await count(database.store) == 3)
  }

  @Test func `a file that was deleted or replaced while it was open takes no more writes`() async throws {
    let url = folder.newFile()
    let database = try await SQLiteDatabase(at: url)
    try await write(0..<3, to: database.store)
    try FileManager.default.removeItem(at: url)
    for round in 0..<2 {
      let error = await #expect(throws: StoreError.self) { try await write(0..<3, to: database.store) }
      #expect(
        error?.description
          == "Could not write a batch of the connection \"one\": \(url.lastPathComponent) was deleted or replaced while it was "
          + "open. Nothing was written; open it again.")
      if round == 0 { try Data().write(to: url) }
    }
  }

  @Test func `what a killed process leaves needs no help`() async throws {
    let url = folder.newFile()
    let database = try await SQLiteDatabase(at: url)
    try await write(0..<50, to: database.store)
    // What a killed process leaves: the file, its log and the index of the log, as they are at this moment.
    for suffix in ["", "-wal", "-shm"] { try SmallDisk.run("cp", url.path + suffix, folder.file("copy").path + suffix) }
    let copy = try await SQLiteDatabase(at: folder.file("copy"))
    #expect(try await count(copy.store) == 50)
    try await write(50..<60, to: copy.store)
    #expect(try await count(copy.store) == 60)
    #expect(try await copy.integrityCheck() == [])
  }

  // MARK: Damage

  private func closedFile(records: Int = 500) async throws -> URL {
    let url = folder.newFile()
    let database = try await SQLiteDatabase(at: url)
    try await write(0..<records, bytes: 1_000, to: database.store)
    try await database.compact()
    return url
  }

  private func overwrite(_ url: URL, at offset: Int, with bytes: [UInt8]) throws {
    var data = try Data(contentsOf: url)
    data.replaceSubrange(offset..<offset + bytes.count, with: bytes)
    try data.write(to: url)
  }

  @Test func `what is no database is refused and left as it was`() async throws {
    let url = folder.newFile()
    let text = Data("This is a letter and not a database, however long one looks at it.\n".utf8)
    try text.write(to: url)
    let error = try await openError(url)
    #expect(error.code == .damaged)
    let name = url.lastPathComponent
    #expect(
      "\(error)" == "Could not open \(name): \(name) is no SQLite database; name another file, or restore a backup.")
    #expect(try Data(contentsOf: url) == text)
    #expect(try folder.names() == [name])
  }

  @Test(arguments: [
    (0, [UInt8](repeating: 0x5A, count: 64)),
    // The form of the schema, which SQLite has words but no code for.
    (44, [0, 0, 0, 0x5A]),
  ])
  func `a damaged header is said when the file is opened`(offset: Int, bytes: [UInt8]) async throws {
    let url = try await closedFile()
    try overwrite(url, at: offset, with: bytes)
    let error = try await openError(url)
    #expect(error.code == .damaged, "\(error)")
  }

  @Test func `random bytes in the middle are an error or a named problem, never a trap`() async throws {
    let original = try await closedFile()
    let size = try Data(contentsOf: original).count
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<15 {
      let url = folder.newFile()
      try FileManager.default.copyItem(at: original, to: url)
      for _ in 0..<8 {
        let bytes = (0..<64).map { _ in UInt8(generator.number(in: 0...255)) }
        try overwrite(url, at: generator.number(in: 4_096...(size - 64)), with: bytes)
      }
      do {
        let database = try await SQLiteDatabase(at: url)
        #expect(try await database.integrityCheck() != [])
        _ = try await database.store.all(RecordQuery(KoalrCore.Issue.self))
      } catch let error as StoreError {
        #expect(error.code == .damaged, "\(error)")
      }
    }
  }

  @Test func `a file that breaks off is damaged`() async throws {
    let url = try await closedFile()
    let data = try Data(contentsOf: url)
    try data.prefix(data.count / 2 / 4_096 * 4_096).write(to: url)
    let name = url.lastPathComponent
    let error = await #expect(throws: StoreError.self) {
      let database = try await SQLiteDatabase(at: url)
      _ = try await database.store.all(RecordQuery(KoalrCore.Issue.self))
    }
    #expect(error?.code == .damaged)
    #expect(
      error?.reason
        == "\(name) is damaged (database disk image is malformed); restore a backup, or delete it and sync again.")
  }
}
#endif
