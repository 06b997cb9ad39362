#if SQLite
import CKoalrSQLite
public import KoalrDomain
import KoalrStorage
import Synchronization

/// A database file: records, jobs and sealed secrets, for several processes on one machine.
///
/// ```swift
/// let database = try await SQLiteDatabase(at: URL(filePath: "koalr.sqlite"))
/// let engine = SyncEngine(sources: sources, store: database.store)
/// ```
///
/// One connection writes, several read, each on a queue of its own; processes take turns at writing. A commit is on the disk before
/// it is acknowledged (write-ahead log, `synchronous=FULL`). The file is closed when the last use of the value ends.
public final class SQLiteDatabase: Sendable {
  /// The file.
  public let url: URL
  let file: DatabaseFile
  let patience: Duration
  let writer: SQLiteWorker
  private let readers: [SQLiteWorker]
  private let nextReader = Atomic(0)
  /// Whether the index by time was seen.
  let hasTimeIndex = Atomic(false)

  /// How many reads run at once.
  static let readerCount = 4

  /// Opens a file, or makes it for its owner alone, and brings an older one to the present form.
  ///
  /// - Parameters:
  ///   - url: the file; its folder exists.
  ///   - patience: how long an operation waits for another process before it fails.
  /// - Throws: `StoreError`: `unavailable` when it cannot be opened or stays locked, `damaged` when it is no sound database,
  ///   `invalid` when it belongs to another program or a newer version; such a file is left as it was.
  public init(at url: URL, patience: Duration = .seconds(30)) async throws {
    guard url.isFileURL, !url.path.isEmpty else {
      throw StoreError(.invalid, operation: "open \(url.scheme ?? "")", reason: "it is not the address of a file.")
    }
    let file = try DatabaseFile(path: url.path, name: url.lastPathComponent)
    self.url = url
    self.file = file
    self.patience = patience
    writer = try await SQLiteWorker(file, label: "koalr.sqlite.writer") { try .writing(file, patience: patience) }
    var readers: [SQLiteWorker] = []
    for index in 0..<Self.readerCount {
      readers.append(
        try await SQLiteWorker(file, label: "koalr.sqlite.reader.\(index)") { try .reading(file, patience: patience) })
    }
    self.readers = readers
  }

  /// A connection to read from.
  var reader: SQLiteWorker {
    readers[nextReader.add(1, ordering: .relaxed).oldValue & (Self.readerCount - 1)]
  }
}
#endif
