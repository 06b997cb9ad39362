#if SQLite
import Foundation
import Synchronization

/// A folder of its own for one test, gone afterwards.
enum ScratchFolder {
  static func with<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "koalr-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
  }
}

/// A new file name at each call.
final class FileNames: Sendable {
  private let folder: URL
  private let count = Atomic(0)

  init(in folder: URL) { self.folder = folder }

  func next() -> URL { folder.appending(path: "\(count.add(1, ordering: .relaxed).newValue).sqlite") }
}
#endif
