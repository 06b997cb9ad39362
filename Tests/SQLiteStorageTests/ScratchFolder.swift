#if SQLite
import Foundation
import KoalrCore
import Synchronization
import Testing

@testable import KoalrSQLiteStorage

/// A folder of its own for a test; removed when it is released.
final class ScratchFolder: Sendable {
  let url: URL
  private let count = Atomic(0)

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "koalr-sqlite-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// A new name at each call.
  func newFile() -> URL { url.appending(path: "\(count.add(1, ordering: .relaxed).newValue).sqlite") }

  func file(_ name: String) -> URL { url.appending(path: name) }

  /// The names of the files in it.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }
}

/// A connection past the store, as another program would have one.
struct RawDatabase {
  let connection: SQLiteConnection

  init(_ url: URL) throws {
    connection = try SQLiteConnection(path: url.path, flags: 0x6, busySeconds: 0)
  }
}

enum Make {
  static let one = ConnectionID(unchecked: "one")
  static let two = ConnectionID(unchecked: "two")

  static func time(_ minute: Int) -> Date { Date(timeIntervalSince1970: 1_790_000_000 + Double(minute) * 60) }

  static func issue(_ id: String, repository: String = "R_1", at minute: Int, title: String = "title") -> KoalrCore.Issue {
    KoalrCore.Issue(
      id: SourceID(unchecked: id), repositoryID: RepositoryID(unchecked: repository), number: 1, state: .open, title: title,
      author: nil, createdAt: time(0), updatedAt: time(minute), closedAt: nil, labels: ["a"])
  }

  static func change(_ id: String, at minute: Int, title: String = "title", files: [String]? = nil) -> Change {
    Change(
      id: ChangeID(unchecked: id), repositoryID: RepositoryID(unchecked: "R_1"), number: 1, title: title, state: .open,
      createdAt: time(0), updatedAt: time(minute),
      files: files?.map { ChangedFile(path: $0, status: .added, additions: 1, deletions: 0) })
  }

  static func batch(_ connection: ConnectionID = one, _ fill: (inout StoreBatch) -> Void) -> StoreBatch {
    var batch = StoreBatch(connection: connection)
    fill(&batch)
    return batch
  }
}
#endif
