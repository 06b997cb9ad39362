#if SQLite
import Foundation
import PeerSupport

@testable import KoalrSQLiteStorage

extension ScratchFolder {
  /// A new name at each call.
  func newFile() -> URL { file("\(UUID().uuidString).sqlite") }

  func file(_ name: String) -> URL { url.appending(path: name) }
}

/// A connection past the store, as another program would have one.
struct RawDatabase {
  let connection: SQLiteConnection

  init(_ url: URL) throws {
    connection = try SQLiteConnection(path: url.path, flags: 0x6, busySeconds: 0)
  }
}
#endif
