#if SQLite
import CKoalrSQLite
import KoalrDomain
import KoalrStorage

/// What SQLite answered instead of doing its work. It never holds a value that was bound.
struct SQLiteFailure: Error {
  /// The extended result code.
  var code: Int32
  /// SQLite's own words.
  var message: String

  /// The result code without its extension.
  var primaryCode: Int32 { code & 0xFF }

  /// Whether there was no room: in the file, its log, or the index of the log, for which SQLite has a code of its own.
  var isFull: Bool { primaryCode == SQLITE_FULL || code == SQLITE_IOERR | (19 << 8) }

  /// Whether what was read makes no sense.
  var isDamage: Bool { primaryCode == SQLITE_CORRUPT || primaryCode == SQLITE_NOTADB }

  /// The last failure of a connection.
  init(code: Int32, connection: OpaquePointer?) {
    self.code = code
    message = String(cString: connection == nil ? sqlite3_errstr(code) : sqlite3_errmsg(connection))
  }

  init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }
}

extension StoreError {
  /// Says what a failure means for a store and what to do about it.
  init(_ failure: SQLiteFailure, operation: String, file: String) {
    let (code, reason): (Code, String) =
      switch failure.primaryCode {
      case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL:
        (.unavailable, "another process has kept \(file) locked; wait for it to finish, or stop it, and try again.")
      case _ where failure.isFull:
        (.full, "the disk that holds \(file) is full; make room and try again. What was stored before is intact.")
      case SQLITE_READONLY:
        (.unavailable, "\(file) or its folder may not be written; mend the permissions or the mount and try again.")
      case SQLITE_CANTOPEN, SQLITE_PERM, SQLITE_AUTH:
        (.unavailable, "\(file) cannot be opened; see that its folder exists and may be written (\(failure.message)).")
      case SQLITE_NOTADB:
        (.damaged, "\(file) is no SQLite database; name another file, or restore a backup.")
      case SQLITE_CORRUPT,
        _ where failure.message == "unsupported file format":
        (.damaged, "\(file) is damaged (\(failure.message)); restore a backup, or delete it and sync again.")
      case SQLITE_IOERR:
        (
          .unavailable,
          "reading or writing \(file) failed (\(failure.message), code \(failure.code)); check the disk and try again."
        )
      case SQLITE_TOOBIG:
        (.invalid, "a record is larger than SQLite can hold.")
      default:
        (.unavailable, "SQLite answered \"\(failure.message)\" (code \(failure.code)) for \(file).")
      }
    self.init(code, operation: operation, reason: reason)
  }
}
#endif
