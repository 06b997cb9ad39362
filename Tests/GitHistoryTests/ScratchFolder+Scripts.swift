import Foundation
import PeerSupport

extension ScratchFolder {
  /// Writes an executable script and returns its path.
  func script(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    try Data("#!/bin/sh\n\(text)\n".utf8).write(to: URL(fileURLWithPath: file))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file)
    return file
  }

  func read(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }
}
