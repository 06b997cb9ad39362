#if SQLite
import Foundation
import KoalrCore
import KoalrSQLiteStorage

/// The process that is killed: goes on with the script where the store ends, and acknowledges each batch on standard output.
struct Writer {
  var file: URL

  func run() async throws {
    let store = try await SQLiteDatabase(at: file).store
    var number = try await Soak.lastBatch(in: store)
    while true {
      number += 1
      try await store.write(Script.batch(number))
      try FileHandle.standardOutput.write(contentsOf: Data("\(number)\n".utf8))
    }
  }
}
#endif
