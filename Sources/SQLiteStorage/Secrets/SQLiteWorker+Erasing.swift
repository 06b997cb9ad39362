#if SQLite
import KoalrDomain
import KoalrStorage

extension SQLiteWorker {
  /// Runs `body` in a transaction whose deleted bytes are overwritten with zeros, then empties the log, which holds older pages.
  ///
  /// An error of the last step says that the log is what failed; the transaction is committed then.
  ///
  /// - Source: `PRAGMA secure_delete` and `PRAGMA wal_checkpoint` (https://www.sqlite.org/pragma.html).
  func erasing<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    // Debian's SQLite overwrites by itself, others do not.
    _ = try run(operation()) { try $0.number("PRAGMA secure_delete = ON") }
    let result = try transaction(operation(), body)
    // "Busy" is no error here: a reader of an older state keeps the log, and is not waited for as long as a writer would.
    _ = try run("empty the log after the call to \(operation())") { connection in
      try connection.waiting(seconds: Self.checkpointSeconds) { () throws(SQLiteFailure) in
        try connection.number("PRAGMA wal_checkpoint(TRUNCATE)")
      }
    }
    return result
  }

  /// How long readers of an older state may take to end before the log is left to the next call.
  private static var checkpointSeconds: Double { 0.25 }
}
#endif
