#if SQLite
import KoalrDomain

extension SQLiteDatabase {
  /// Removes all records of a connection, then what the log still holds of them.
  func forget(_ owner: ConnectionID) async throws -> Int {
    let count = try await writer.transaction("forget the connection \"\(owner)\"") { connection in
      try RecordWriter(connection, owner: owner).forget()
    }
    try await writer.run("empty the log") { try $0.emptyLog() }
    return count
  }
}
#endif
