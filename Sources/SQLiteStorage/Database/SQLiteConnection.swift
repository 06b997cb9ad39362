#if SQLite
import CKoalrSQLite
import KoalrDomain

/// One connection to a database file with its prepared statements. It belongs to one ``SQLiteWorker``.
final class SQLiteConnection {
  private let handle: OpaquePointer
  private let patience: BusyPatience
  private var statements: [String: SQLiteStatement] = [:]

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - flags: `SQLITE_OPEN_…`.
  ///   - busySeconds: how long to wait for a lock that another process holds.
  init(path: String, flags: Int32, busySeconds: Double) throws(SQLiteFailure) {
    var handle: OpaquePointer?
    // Each connection belongs to one queue, so SQLite needs no lock of its own.
    let code = sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
    guard code == SQLITE_OK, let handle else {
      let failure = SQLiteFailure(code: code, connection: handle)
      sqlite3_close_v2(handle)
      throw failure
    }
    self.handle = handle
    patience = BusyPatience(seconds: busySeconds)
    patience.install(on: handle)
  }

  deinit {
    statements.removeAll()
    sqlite3_close_v2(handle)
  }

  /// Returns a statement that is ready to be bound, compiled at its first use.
  func prepared(_ sql: String) throws(SQLiteFailure) -> SQLiteStatement {
    if let statement = statements[sql] {
      statement.begin()
      return statement
    }
    let statement = try SQLiteStatement(sql, on: handle)
    statements[sql] = statement
    return statement
  }

  /// Runs statements that take no values and give no rows.
  func execute(_ sql: String) throws(SQLiteFailure) {
    let code = sqlite3_exec(handle, sql, nil, nil, nil)
    guard code == SQLITE_OK else { throw SQLiteFailure(code: sqlite3_extended_errcode(handle), connection: handle) }
  }

  /// Waits until the write-ahead log is on the disk, and with it everything that was committed before, by any process.
  func syncLog() throws(SQLiteFailure) {
    var log: UnsafeMutablePointer<sqlite3_file>?
    let found = sqlite3_file_control(handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    guard found == SQLITE_OK, let log, let sync = log.pointee.pMethods?.pointee.xSync else {
      throw SQLiteFailure(code: SQLITE_IOERR, message: "the write-ahead log is not open")
    }
    let code = sync(log, SQLITE_SYNC_NORMAL | SQLITE_SYNC_DATAONLY)
    guard code == SQLITE_OK else { throw SQLiteFailure(code: code, connection: nil) }
  }

  /// Returns the first column of the first row as a number: for `PRAGMA` and `SELECT count(*)`.
  func number(_ sql: String) throws(SQLiteFailure) -> Int {
    let statement = try SQLiteStatement(sql, on: handle)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// Returns the first column of all rows as texts.
  func texts(_ sql: String) throws(SQLiteFailure) -> [String] {
    let statement = try SQLiteStatement(sql, on: handle)
    var texts: [String] = []
    while try statement.step() { texts.append(statement.text(0)) }
    return texts
  }

  /// Tries again while another process has the file locked, for what SQLite does not wait for by itself.
  func patient<Result>(_ body: () throws(SQLiteFailure) -> Result) throws(SQLiteFailure) -> Result {
    var attempt: Int32 = 0
    while true {
      do {
        return try body()
      } catch {
        guard error.primaryCode == SQLITE_BUSY, patience.nap(attempt: attempt) else { throw error }
        attempt += 1
      }
    }
  }

  /// How many rows the last statement changed.
  var changes: Int { Int(sqlite3_changes64(handle)) }

  /// Runs `body`, which waits no longer than this for locks that others hold.
  func waiting<Result>(seconds: Double, _ body: () throws(SQLiteFailure) -> Result) throws(SQLiteFailure) -> Result {
    let usual = patience.seconds
    patience.seconds = min(usual, seconds)
    defer { patience.seconds = usual }
    return try body()
  }

  /// Runs `body` in a transaction that holds the write lock from its beginning; a body that throws leaves nothing behind.
  func transaction<Result>(_ body: () throws -> Result) throws -> Result { try enclosed(by: "BEGIN IMMEDIATE", body) }

  /// Runs `body`, whose reads all see the database as it is now. SQLite keeps the pages it has read until the end.
  func snapshot<Result>(_ body: () throws -> Result) throws -> Result { try enclosed(by: "BEGIN", body) }

  private func enclosed<Result>(by begin: String, _ body: () throws -> Result) throws -> Result {
    try prepared(begin).run()
    do {
      let result = try body()
      try prepared("COMMIT").run()
      return result
    } catch {
      // A failed write may have ended the transaction by itself.
      if sqlite3_get_autocommit(handle) == 0 { try execute("ROLLBACK") }
      throw error
    }
  }

  /// Moves the log into the file and gives its space back. Returns whether that was possible: not while another process reads.
  @discardableResult
  func emptyLog() throws(SQLiteFailure) -> Bool { try number("PRAGMA wal_checkpoint(TRUNCATE)") == 0 }

  /// Copies the database as it is now into another connection's file, while others go on writing.
  func copy(to target: SQLiteConnection, pagesAtOnce: Int32) throws {
    // An open transaction keeps this view; without it every commit of another connection would start the copy anew.
    try execute("BEGIN")
    defer { sqlite3_exec(handle, "COMMIT", nil, nil, nil) }
    _ = try number("SELECT count(*) FROM sqlite_schema")
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw SQLiteFailure(code: sqlite3_extended_errcode(target.handle), connection: target.handle)
    }
    var code = SQLITE_OK
    while code == SQLITE_OK, !Task.isCancelled { code = sqlite3_backup_step(backup, pagesAtOnce) }
    let result = sqlite3_backup_finish(backup)
    try Task.checkCancellation()
    guard code == SQLITE_DONE, result == SQLITE_OK else { throw SQLiteFailure(code: code, connection: nil) }
  }
}
#endif
