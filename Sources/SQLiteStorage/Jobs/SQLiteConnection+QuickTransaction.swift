#if SQLite
extension SQLiteConnection {
  /// Runs `body` in a transaction that gives the write lock back before it waits for the disk: processes take short turns at
  /// writing, and wait for the disk side by side instead of in a row.
  ///
  /// Others may see a commit that is not on the disk yet. Whatever they build on it is acknowledged after the log was synced up to
  /// their own commit, which lies behind it. A checkpoint in between syncs the log by itself.
  ///
  /// - Parameter durable: whether to wait for the disk at all; without it a commit survives the end of the process, but not always
  ///   that of the machine.
  func quickTransaction<Result>(durable: Bool, _ body: () throws -> Result) throws -> Result {
    try execute("PRAGMA synchronous = NORMAL")
    do {
      let result = try transaction(body)
      if durable { try syncLog() }
      try execute("PRAGMA synchronous = FULL")
      return result
    } catch {
      try execute("PRAGMA synchronous = FULL")
      throw error
    }
  }
}
#endif
