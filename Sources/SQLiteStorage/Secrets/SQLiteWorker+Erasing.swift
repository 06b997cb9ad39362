#if SQLite
import KoalrDomain
import KoalrStorage

extension SQLiteWorker {
  /// Runs `body` in a transaction whose deleted bytes are overwritten with zeros, then empties the log, which holds older pages.
  ///
  /// - Source: `PRAGMA secure_delete` and `PRAGMA wal_checkpoint` (https://www.sqlite.org/pragma.html).
  func erasing<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    try run(operation()) { connection in
      // Debian's SQLite does so by itself, others do not.
      _ = try connection.number("PRAGMA secure_delete = ON")
      let result = try connection.transaction { try body(connection) }
      // Whether or not somebody reads an older state, the transaction is committed.
      try connection.emptyLog()
      return result
    }
  }
}
#endif
