#if SQLite
import KoalrDomain
import KoalrStorage

extension SQLiteWorker {
  /// Runs `body` in a transaction whose deleted bytes are overwritten, then empties the log, which still holds older pages.
  ///
  /// - Source: `PRAGMA secure_delete` and `PRAGMA wal_checkpoint` (https://www.sqlite.org/pragma.html).
  func erasing<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    try run(operation()) { connection in
      let setting = try connection.number("PRAGMA secure_delete")
      _ = try connection.number("PRAGMA secure_delete = ON")
      let result = Swift.Result { try connection.transaction { try body(connection) } }
      _ = try connection.number("PRAGMA secure_delete = \(setting)")
      let value = try result.get()
      // Answers "busy" where another process reads an older state; that the transaction is committed stays true.
      _ = try connection.number("PRAGMA wal_checkpoint(TRUNCATE)")
      return value
    }
  }
}
#endif
