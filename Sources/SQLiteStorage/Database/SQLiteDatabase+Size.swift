#if SQLite
import KoalrDomain

/// How large a database file is, and what it holds.
public struct SQLiteDatabaseSize: Hashable, Sendable {
  /// The size of the file, in bytes.
  public var fileBytes: Int
  /// The size of the log beside it, in bytes.
  public var logBytes: Int
  /// How much of the file is free for what comes next, in bytes; ``SQLiteDatabase/compact()`` gives it back.
  public var freeBytes: Int
  /// How many records there are.
  public var records: Int
  /// How many deletions are remembered, so that a late value does not bring a record back.
  public var tombstones: Int
  /// How many jobs there are.
  public var jobs: Int
  /// How many sealed secrets there are.
  public var secrets: Int
}

extension SQLiteDatabase {
  /// Measures the file and counts its rows, for which it reads one index of each table.
  ///
  /// - Throws: `StoreError`.
  public func size() async throws -> SQLiteDatabaseSize {
    let file = file
    return try await reader.run("measure \(file.name)") { connection in
      func count(_ table: String) throws -> Int { try connection.number("SELECT count(*) FROM \(table)") }
      return SQLiteDatabaseSize(
        fileBytes: file.bytes(), logBytes: file.bytes("-wal"),
        freeBytes: try connection.number("PRAGMA freelist_count") * connection.number("PRAGMA page_size"),
        records: try count("record"), tombstones: try count("tombstone"), jobs: try count("job"),
        secrets: try count("secret"))
    }
  }

  /// Writes the file anew without its free space, and empties the log.
  ///
  /// Needs as much room as the file has, for a while, and keeps other writers waiting; readers go on. While another process reads,
  /// the log keeps its size until the next time it is full.
  /// - Throws: `StoreError`; then the file is as it was.
  public func compact() async throws {
    try file.requirePresence(for: "compact \(file.name)")
    try await writer.run("compact \(file.name)") { connection in
      try connection.execute("VACUUM")
      try connection.emptyLog()
    }
  }
}
#endif
