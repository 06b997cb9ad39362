#if SQLite
import CKoalrSQLite
public import KoalrDomain
import KoalrStorage
import Synchronization

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// A database file: records, jobs and sealed secrets, for several processes on one machine.
///
/// ```swift
/// let database = try await SQLiteDatabase(at: URL(filePath: "koalr.sqlite"))
/// let engine = SyncEngine(sources: sources, store: database.store)
/// ```
///
/// One connection writes, several read, each on a queue of its own; processes take turns at writing. A commit is on the disk before
/// it is acknowledged (write-ahead log, `synchronous=FULL`).
public final class SQLiteDatabase: Sendable {
  /// The file.
  public let url: URL
  let writer: SQLiteWorker
  private let readers: [SQLiteWorker]
  private let nextReader = Atomic(0)

  /// How many reads run at once.
  static let readerCount = 4
  /// How long a write waits for another process before it fails, in seconds.
  static let busySeconds = 30.0

  /// Opens a file, or makes it, and brings an older one to the present form.
  ///
  /// - Throws: `StoreError`: `unavailable` when it cannot be opened or stays locked, `damaged` when it is no sound database,
  ///   `invalid` when it belongs to another program or a newer version.
  public init(at url: URL) async throws {
    self.url = url
    let path = url.path
    let file = url.lastPathComponent
    do {
      let flags = SQLITE_OPEN_READWRITE
      try Self.create(path)
      writer = try SQLiteWorker(file: file, label: "koalr.sqlite.writer") {
        let connection = try SQLiteConnection(path: path, flags: flags, busySeconds: Self.busySeconds)
        try connection.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON")
        try Schema.migrate(connection, file: file)
        return connection
      }
      readers = try (0..<Self.readerCount).map { index in
        try SQLiteWorker(file: file, label: "koalr.sqlite.reader.\(index)") {
          let connection = try SQLiteConnection(path: path, flags: flags, busySeconds: Self.busySeconds)
          try connection.execute("PRAGMA query_only = ON")
          return connection
        }
      }
    } catch let failure as SQLiteFailure {
      throw StoreError(failure, operation: "open \(file)", file: file)
    }
  }

  /// A connection to read from.
  var reader: SQLiteWorker {
    readers[nextReader.add(1, ordering: .relaxed).oldValue & (Self.readerCount - 1)]
  }

  /// Makes the file for its owner alone; the log beside it takes over the permissions.
  private static func create(_ path: String) throws {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw SQLiteFailure(code: SQLITE_CANTOPEN, message: String(cString: strerror(errno))) }
    close(descriptor)
  }
}
#endif
