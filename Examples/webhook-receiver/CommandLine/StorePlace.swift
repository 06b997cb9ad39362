import Foundation
import KoalrCore

#if SQLite
import KoalrSQLiteStorage
#endif

/// Where records and events are kept: `memory` or `sqlite:FILE`.
enum StorePlace: Equatable {
  case memory
  case file(URL)

  /// - Throws: ``UsageError``, also when this build has no SQLite.
  init(_ text: String) throws(UsageError) {
    let prefix = "sqlite:"
    if text == "memory" {
      self = .memory
    } else if text.hasPrefix(prefix), text.count > prefix.count {
      #if !SQLite
      throw UsageError(
        "--store sqlite:FILE needs a build with the trait SQLite (and libsqlite3-dev): "
          + "swift run --traits HTTPServer,SQLite webhook-receiver …")
      #else
      self = .file(URL(fileURLWithPath: String(text.dropFirst(prefix.count))))
      #endif
    } else {
      throw UsageError("--store is memory or sqlite:FILE.")
    }
  }
}

/// What the program works with, opened.
struct OpenedStore {
  var records: any Store
  var queue: any JobQueue
  /// Saved tokens; a store in memory has none.
  var tokens: (any SealedSecretStorage)?

  /// - Throws: `StoreError`.
  init(_ place: StorePlace) async throws {
    switch place {
    case .memory: (records, queue) = (InMemoryStore(), InMemoryJobQueue())
    case .file(let url):
      #if SQLite
      let file = try await SQLiteDatabase(at: url)
      (records, queue, tokens) = (file.store, file.jobQueue(), file.sealedSecrets)
      #else
      throw ProgramError("This build has no SQLite, so \(url.lastPathComponent) cannot be opened.")
      #endif
    }
  }
}
