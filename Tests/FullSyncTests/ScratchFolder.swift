import Foundation

/// A temporary folder that goes with the test.
final class ScratchFolder: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-cli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// The path of a file in it.
  subscript(name: String) -> String { url.appendingPathComponent(name).path }

  /// What `--store` needs for a database in it.
  func store(_ name: String = "koalr.sqlite") -> String { "sqlite:\(self[name])" }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self[name]) }
}
