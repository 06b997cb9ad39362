#if SQLite
import CKoalrSQLite
import KoalrDomain
import KoalrStorage

extension SQLiteDatabase {
  /// The most problems that one check names.
  static let maximumProblems = 100

  /// Looks for damage: SQLite's own check of pages and indexes, then whether every table and index is there, and whether every record
  /// of a known kind can be decoded and lies where its id, time and repository say.
  ///
  /// Reads the whole file; reading and writing go on. Jobs and sealed secrets are checked as rows only.
  /// - Returns: one sentence for each problem, the first hundred of them; empty when the file is sound.
  /// - Throws: `StoreError` when the file cannot be read at all.
  public func integrityCheck() async throws -> [String] {
    let limit = Self.maximumProblems
    do {
      return try await inspect("check \(file.name)") { connection in
        var found = try connection.texts("PRAGMA integrity_check(\(limit))").filter { $0 != "ok" }
        if found.isEmpty { found = try Schema.missing(in: connection) }
        return found.isEmpty ? try RecordChecker(connection).problems(limit: limit) : found
      }
    } catch let error as StoreError where error.code == .damaged {
      return [error.reason]
    }
  }
}
#endif
