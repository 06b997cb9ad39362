import Foundation

/// Where records are kept: `memory` or `sqlite:FILE`.
enum StorePlace: Equatable {
  case memory
  case file(URL)

  /// - Throws: ``UsageError``, also when this build has no SQLite.
  init(_ text: String) throws(UsageError) {
    let prefix = "sqlite:"
    if text == "memory" {
      self = .memory
    } else if text.hasPrefix(prefix), text.count > prefix.count {
      try Self.requireSQLite()
      self = .file(URL(fileURLWithPath: String(text.dropFirst(prefix.count))))
    } else {
      throw UsageError("--store is memory or sqlite:FILE, not \"\(text)\".")
    }
  }

  private static func requireSQLite() throws(UsageError) {
    #if !SQLite
    throw UsageError(
      "--store sqlite:FILE needs a build with the trait SQLite (and libsqlite3-dev): swift run --traits SQLite full-sync …")
    #endif
  }
}
