import Foundation
import PeerSupport

extension ScratchFolder {
  /// What `--store` needs for a database in it.
  func store(_ name: String = "koalr.sqlite") -> String { "sqlite:\(self[name])" }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self[name]) }
}
