#if SQLite
import CKoalrSQLite
public import KoalrDomain
import KoalrStorage

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

extension SQLiteDatabase {
  /// Copies everything as it is now into a new file, while reading and writing go on.
  ///
  /// The copy is made beside the target and takes its name when it is whole and on the disk. While it is made the log keeps what is
  /// written meanwhile, and grows by it.
  /// - Throws: `StoreError`: `invalid` when the target exists, `full` or `unavailable` when it cannot be written.
  public func backup(to target: URL) async throws {
    let operation = "back up \(file.name) to \(target.lastPathComponent)"
    guard target.isFileURL, !target.path.isEmpty else {
      throw StoreError(.invalid, operation: operation, reason: "the target is not the address of a file.")
    }
    let copy = BackupCopy(target: target.path, name: target.lastPathComponent, operation: operation)
    try copy.make()
    defer { copy.discard() }
    try await inspect(operation) { connection in
      do {
        let target = try SQLiteConnection(path: copy.partial, flags: SQLITE_OPEN_READWRITE, busySeconds: 1)
        try target.execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = FULL")
        try connection.copy(to: target, pagesAtOnce: 1_000)
      } catch let failure as SQLiteFailure where !failure.isDamage {
        throw StoreError(failure, operation: operation, file: copy.name)
      }
    }
    try copy.publish()
  }

  /// Runs `body` on a connection of its own, so that what takes long keeps no reader waiting.
  func inspect<Result: Sendable>(
    _ operation: String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) async throws -> Result {
    let (file, patience) = (file, patience)
    let worker = try await SQLiteWorker(file, label: "koalr.sqlite.inspector") { try .reading(file, patience: patience) }
    return try await worker.run(operation, body)
  }
}

/// A file that appears under its name when it is whole, and never in the place of another one.
private struct BackupCopy: Sendable {
  let target: String
  let name: String
  let operation: String
  let partial: String

  init(target: String, name: String, operation: String) {
    (self.target, self.name, self.operation) = (target, name, operation)
    partial = "\(target).partial-\(UInt32.random(in: 0 ... .max))"
  }

  func make() throws(StoreError) {
    guard access(target, F_OK) != 0 else { throw exists }
    guard DatabaseFile.make(partial) == 0 else { throw DatabaseFile.failure(name, errno, operation: operation) }
  }

  func publish() throws(StoreError) {
    if link(partial, target) != 0 {
      guard errno != EEXIST else { throw exists }
      // A file system without links: then a file that appears at this very moment is lost.
      guard access(target, F_OK) != 0, rename(partial, target) == 0 else {
        throw DatabaseFile.failure(name, errno, operation: operation)
      }
    }
    discard()
    guard DatabaseFile.syncFolder(of: target) else { throw DatabaseFile.failure(name, errno, operation: operation) }
  }

  func discard() { unlink(partial) }

  private var exists: StoreError {
    StoreError(.invalid, operation: operation, reason: "\(name) exists already and is left as it is; name another file.")
  }
}
#endif
