#if SQLite
import CKoalrSQLite
import KoalrDomain
import KoalrStorage

extension SQLiteConnection {
  /// The size of a page of a new file. Larger ones hold a change with its files in one piece, but write more for each small record.
  static let pageBytes = 4_096
  /// How much of the file a writer keeps in memory, in KiB.
  static let writerCacheKiB = 16_384
  /// The same of each reader.
  static let readerCacheKiB = 4_096
  /// How many pages the log holds before they are moved into the file.
  static let logPages = 2_000
  /// What is left of the log after one large batch made it longer.
  static let logBytes = 16 << 20

  /// The oldest SQLite with strict tables, in its own way of counting: 3.37.0.
  static let oldestLibrary: Int32 = 3_037_000

  /// Opens the connection that writes, and brings the file to the present form.
  static func writing(_ file: DatabaseFile, patience: Duration) throws -> SQLiteConnection {
    guard sqlite3_libversion_number() >= oldestLibrary else {
      throw StoreError(
        .unavailable, operation: "open \(file.name)",
        reason: "the system's SQLite is \(String(cString: sqlite3_libversion())); version 3.37 or newer is needed.")
    }
    let connection = try SQLiteConnection(
      path: file.path, flags: SQLITE_OPEN_READWRITE, busySeconds: patience / .seconds(1))
    // A file that is not ours is refused before anything can change it.
    _ = try Schema.check(connection, file: file.name)
    try connection.execute(
      """
      PRAGMA page_size = \(pageBytes); PRAGMA cache_size = -\(writerCacheKiB); PRAGMA trusted_schema = OFF;
      PRAGMA cell_size_check = ON; PRAGMA secure_delete = FAST
      """)
    try connection.useLog(file)
    try connection.execute(
      """
      PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = \(logPages); PRAGMA journal_size_limit = \(logBytes)
      """)
    try Schema.migrate(connection, file: file.name)
    return connection
  }

  /// Opens a connection that only reads.
  static func reading(_ file: DatabaseFile, patience: Duration) throws -> SQLiteConnection {
    let connection = try SQLiteConnection(
      path: file.path, flags: SQLITE_OPEN_READWRITE, busySeconds: patience / .seconds(1))
    try connection.execute(
      """
      PRAGMA query_only = ON; PRAGMA cache_size = -\(readerCacheKiB); PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON
      """)
    return connection
  }

  /// Turns the write-ahead log on, which stays in the file. While another process does the same, SQLite says that the file is locked
  /// without asking whether to wait.
  private func useLog(_ file: DatabaseFile) throws {
    let mode = try patient { () throws(SQLiteFailure) in try texts("PRAGMA journal_mode = WAL").first ?? "" }
    guard mode == "wal" else {
      throw StoreError(
        .unavailable, operation: "open \(file.name)",
        reason: "its file system cannot hold a write-ahead log, as is usual over a network; put it on a local disk.")
    }
  }
}
#endif
