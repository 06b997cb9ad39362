#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrTesting
import Testing

@testable import KoalrSQLiteStorage

struct MigrationTests {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// A file as a program of that version left it.
  private func file(ofVersion version: Int) throws -> URL {
    let url = folder.newFile()
    try Data().write(to: url)
    try RawDatabase(url).connection.execute(OldFile.dump(version))
    return url
  }

  @Test(arguments: OldFile.versions)
  func `a file of an older version opens with all it holds`(version: Int) async throws {
    let url = try file(ofVersion: version)
    let database = try await SQLiteDatabase(at: url)
    #expect(try await database.reader.run("read") { try $0.number("PRAGMA user_version") } == Schema.version)
    let store = database.store
    #expect(try await store.all(RecordQuery(KoalrCore.Issue.self)) == OldFile.issues)
    #expect(try await store.all(RecordQuery(Change.self)) == [OldFile.change])
    #expect(try await store.all(RecordQuery(Team.self)) == [OldFile.team])
    #expect(try await database.integrityCheck() == [])
    // The deletion is remembered, and the parts of the change age on.
    try await store.write(
      Make.batch {
        $0.upsert(Make.issue("deleted", at: 9))
        $0.upsert(Make.change("P", at: 1, title: "older", files: ["b"]))
      })
    #expect(try await store.count(RecordQuery(KoalrCore.Issue.self)) == OldFile.issues.count)
    var change = OldFile.change
    change.files = Make.change("P", at: 1, files: ["b"]).files
    #expect(try await store.all(RecordQuery(Change.self)) == [change])
    let size = try await database.size()
    #expect([size.records, size.tombstones, size.jobs, size.secrets] as [Int] == [4, 1, 0, 0])
  }

  @Test(arguments: OldFile.versions)
  func `the dump of a version has its schema`(version: Int) throws {
    if OldFile.isBeingMade { try OldFile.write(version, scratch: folder.newFile()) }
    func schema(_ connection: SQLiteConnection) throws -> [String] {
      try connection.texts("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    }
    let dumped = try RawDatabase(try file(ofVersion: version)).connection
    let url = folder.newFile()
    try Data().write(to: url)
    let made = try RawDatabase(url).connection
    try Schema.migrate(made, file: "file", steps: Array(Schema.migrations.prefix(version)))
    #expect(try schema(dumped) == schema(made))
  }

  @Test func `a step that fails half-way leaves the version before it`() async throws {
    let url = try file(ofVersion: 1)
    let connection = try RawDatabase(url).connection
    let before = try connection.texts("SELECT sql FROM sqlite_schema ORDER BY name")
    let steps = [Schema.migrations[0], "CREATE TABLE half (a); DELETE FROM record; CREATE TABLE half (a)"]
    #expect(throws: SQLiteFailure.self) { try Schema.migrate(connection, file: "file", steps: steps) }
    #expect(try connection.number("PRAGMA user_version") == 1)
    #expect(try connection.texts("SELECT sql FROM sqlite_schema ORDER BY name") == before)
    #expect(try connection.number("SELECT count(*) FROM record") == 4)
    #expect(try await SQLiteDatabase(at: url).store.all(RecordQuery(Change.self)) == [OldFile.change])
  }

  @Test(arguments: [
    (
      "PRAGMA application_id = \(Schema.applicationID); PRAGMA user_version = 99; CREATE TABLE later (a)",
      "it was written by a newer version (schema 99, this one knows \(Schema.version)); update this program."
    ),
    (
      "CREATE TABLE foreign_table (a); INSERT INTO foreign_table VALUES (1)",
      "it is a database of another program; name another file."
    ),
    ("PRAGMA application_id = 1234", "it is a database of another program; name another file."),
    ("PRAGMA user_version = 7", "it is a database of another program; name another file."),
  ])
  func `a newer file and another program's are refused and left as they were`(sql: String, reason: String) async throws {
    let url = folder.newFile()
    try Data().write(to: url)
    try RawDatabase(url).connection.execute(sql)
    let before = try Data(contentsOf: url)
    let error = await #expect(throws: StoreError.self) { _ = try await SQLiteDatabase(at: url) }
    #expect(error?.code == .invalid)
    #expect(error?.description == "Could not open \(url.lastPathComponent): \(reason)")
    #expect(try Data(contentsOf: url) == before)
    #expect(try folder.names() == [url.lastPathComponent])
  }

  @Test(arguments: [-1, 0, Int(Int32.min)])
  func `a file of ours with a version that never was is damaged and left as it was`(version: Int) async throws {
    let url = try file(ofVersion: 1)
    try RawDatabase(url).connection.execute("PRAGMA user_version = \(version)")
    let before = try Data(contentsOf: url)
    let error = await #expect(throws: StoreError.self) { _ = try await SQLiteDatabase(at: url) }
    #expect(error?.code == .damaged)
    #expect(
      error?.description
        == "Could not open \(url.lastPathComponent): its header says schema \(version), which there never was; restore a backup, or "
        + "delete it and sync again.")
    #expect(try Data(contentsOf: url) == before)
  }
}

/// Files of the versions before the present one, as SQL that was written down when they were the present one.
enum OldFile {
  static let versions = Array(1..<Schema.version)
  static let issues = [Make.issue("I_1", at: 1), Make.issue("I_2", repository: "R_2", at: 2, title: "cafe\u{301}")]
  static let change = Make.change("P", at: 3, files: ["a", "b"])
  static let team = Team(
    id: SourceID(unchecked: "T"), organization: "acme", slug: "s", name: "n", parent: nil, members: [Login(unchecked: "ann")])

  private static func url(_ version: Int) -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures/schema-\(version).sql")
  }

  static func dump(_ version: Int) throws -> String { try String(contentsOf: url(version), encoding: .utf8) }

  /// A version is written down anew only until it is released.
  static let isBeingMade = ProcessInfo.processInfo.environment["KOALR_WRITE_FIXTURES"] == "1"

  static func write(_ version: Int, scratch: URL) throws {
    try Data().write(to: scratch)
    let connection = try RawDatabase(scratch).connection
    try Schema.migrate(connection, file: "file", steps: Array(Schema.migrations.prefix(version)))
    var writer = try BatchWriter(connection, owner: Make.one)
    let batch = Make.batch {
      $0.upsert(issues)
      $0.upsert(change)
      $0.upsert(team)
      $0.delete(KoalrCore.Issue.self, id: RecordID(unchecked: "deleted"), version: Make.time(9))
    }
    for operation in try EncodedBatch(batch).operations { try writer.apply(operation) }
    var lines = ["PRAGMA application_id = \(Schema.applicationID);", "PRAGMA user_version = \(version);"]
    lines += try connection.texts("SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%'")
    lines += try connection.texts(
      """
      SELECT 'INSERT INTO record VALUES (' || quote(kind) || ', ' || quote(connection) || ', ' || quote(id) || ', '
        || quote(repository) || ', ' || CASE WHEN time < -1e300 THEN '-9e999' ELSE quote(time) END || ', ' || quote(version)
        || ', ' || quote(parts) || ', ' || quote(body) || ');' FROM record
      """)
    lines += try connection.texts(
      """
      SELECT 'INSERT INTO tombstone VALUES (' || quote(kind) || ', ' || quote(connection) || ', ' || quote(id) || ', '
        || quote(time) || ');' FROM tombstone
      """)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url(version))
  }
}
#endif
