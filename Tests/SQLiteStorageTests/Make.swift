#if SQLite
import Foundation
import KoalrCore

/// Records and batches for tests.
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
