#if SQLite
import KoalrDomain
import KoalrStorage

extension SQLiteDatabase {
  /// Removes all records of a connection, then writes the file anew: cells that SQLite moved between pages leave copies in the gaps,
  /// which `secure_delete` does not reach.
  func forget(_ owner: ConnectionID) async throws -> Int {
    let operation = "forget the connection \"\(owner)\""
    let count = try await writer.transaction(operation) { connection in
      try BatchWriter(connection, owner: owner).forget()
    }
    do {
      try await compact()
    } catch let error as StoreError {
      throw StoreError(
        error.code, operation: operation,
        reason: "its \(count) records are removed, but their bytes are still in the free space of the file: \(error.reason)")
    }
    guard file.bytes("-wal") == 0 else {
      throw StoreError(
        .unavailable, operation: operation,
        reason: "its \(count) records are removed, but their bytes are still in the log, which another process reads; "
          + "wait for it to finish and compact the file.")
    }
    return count
  }
}
#endif
