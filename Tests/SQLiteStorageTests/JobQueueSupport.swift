#if SQLite
import Foundation
import PeerSupport
import KoalrCore
import KoalrSQLiteStorage
import Synchronization

/// A clock for the processes of a test.
final class JobQueueTime: Sendable {
  private let time = Mutex(Date(timeIntervalSinceReferenceDate: 800_000_000))

  var now: Date { time.withLock { $0 } }

  func advance(_ seconds: Double) { time.withLock { $0 += seconds } }
}

/// Gives `body` the address of a database file in a folder that is removed afterwards.
func withJobFile<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "koalr-jobs-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  do {
    let result = try await body(folder.appending(path: "jobs.sqlite"))
    try FileManager.default.removeItem(at: folder)
    return result
  } catch {
    try FileManager.default.removeItem(at: folder)
    throw error
  }
}
#endif
