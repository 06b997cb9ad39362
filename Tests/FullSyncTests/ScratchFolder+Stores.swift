import Foundation
import PeerSupport

extension ScratchFolder {
  /// What `--store` needs for a database in it.
  func store(_ name: String = "koalr.sqlite") -> String { "sqlite:\(self[name])" }

  func data(_ name: String) throws -> Data { try Data(contentsOf: url.appendingPathComponent(name)) }

  /// The lines of an export but for those of checkpoints: they tell what was read when, which another run changes.
  func records(_ name: String) throws -> [Data] {
    try data(name).split(separator: UInt8(ascii: "\n")).filter { !$0.starts(with: Data(#"{"kind":"checkpoint""#.utf8)) }
      .map { Data($0) }
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self[name]) }
}
