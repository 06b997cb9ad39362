#if SQLite
import KoalrDomain
import KoalrStorage

/// A connection on a queue of its own.
actor SQLiteWorker {
  private let executor: QueueExecutor
  private let connection: SQLiteConnection
  private let file: String

  nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

  /// - Parameter file: the file's name, for messages.
  init(file: String, label: String, open: @Sendable () throws -> SQLiteConnection) throws {
    self.file = file
    executor = QueueExecutor(label: label)
    connection = try open()
  }

  /// Runs `body` on the connection; failures say what was tried.
  func run<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    do {
      return try body(connection)
    } catch let failure as SQLiteFailure {
      throw StoreError(failure, operation: operation(), file: file)
    }
  }

  /// Runs `body` in a transaction that holds the write lock; a body that throws leaves nothing behind.
  func transaction<Result: Sendable>(
    _ operation: @autoclosure @Sendable () -> String, _ body: @Sendable (SQLiteConnection) throws -> Result
  ) throws -> Result {
    try run(operation()) { connection in try connection.transaction { try body(connection) } }
  }
}
#endif
