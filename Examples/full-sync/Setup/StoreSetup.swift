import Foundation
import KoalrCore

#if SQLite
import KoalrSQLiteStorage
#endif

/// A database file, and what can be done to it beside reading and writing records.
protocol DatabaseFile: Sendable {
  var records: any Store { get }
  var tokens: any SealedSecretStorage { get }
  var jobs: any JobQueue { get }
  /// What is wrong with the file, in sentences.
  func problems() async throws -> [String]
  func backUp(to url: URL) async throws
  func bytes() async throws -> Int
  func shrink() async throws
}

/// The one place that knows every kind of store.
enum StoreSetup {
  /// Opens a file, or makes it.
  ///
  /// - Throws: `StoreError`.
  static func open(_ url: URL) async throws -> any DatabaseFile {
    #if SQLite
    return try await SQLiteDatabase(at: url)
    #else
    throw CommandError("This build has no SQLite.")
    #endif
  }

  /// Opens a file that must be there: for a misspelled name an empty one would be a wrong answer.
  ///
  /// - Throws: ``CommandError``, `StoreError`.
  static func openExisting(_ url: URL) async throws -> any DatabaseFile {
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw CommandError(
        "Could not open \(url.lastPathComponent): there is no such file; a sync or connections add with this --store makes it.")
    }
    return try await open(url)
  }
}

#if SQLite
extension SQLiteDatabase: DatabaseFile {
  var records: any Store { store }
  var tokens: any SealedSecretStorage { sealedSecrets }
  var jobs: any JobQueue { jobQueue() }
  func problems() async throws -> [String] { try await integrityCheck() }
  func backUp(to url: URL) async throws { try await backup(to: url) }
  func bytes() async throws -> Int { try await size().fileBytes }
  func shrink() async throws { try await compact() }
}
#endif
