#if SQLite
import KoalrDomain
import KoalrStorage

/// A connection on a queue of its own.
actor SQLiteWorker {
  private let executor: QueueExecutor
  private let connection: SQLiteConnection
  private let file: DatabaseFile

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// Opens a connection on a new queue.
  init(
    _ file: DatabaseFile, label: String, open: @escaping @Sendable () throws -> sending SQLiteConnection
  ) async throws {
    self.file = file
    executor = QueueExecutor(label: label)
    do {
      connection = try await executor.run(open)
    } catch let failure as SQLiteFailure {
      throw StoreError(failure, operation: "open \(file.name)", file: file.name)
    }
  }

  /// Runs `body` on the connection; failures say what was tried.
  @discardableResult
  func run<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    do {
      return try body(connection)
    } catch let failure as SQLiteFailure {
      throw StoreError(failure, operation: operation(), file: file.name)
    }
  }

  /// Runs `body` in a transaction that holds the write lock; a body that throws leaves nothing behind.
  @discardableResult
  func transaction<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    try file.requirePresence(for: operation())
    return try run(operation()) { connection in try connection.transaction { try body(connection) } }
  }
}
#endif
