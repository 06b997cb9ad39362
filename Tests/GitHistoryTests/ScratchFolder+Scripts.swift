import Foundation
import PeerSupport
import Testing

extension ScratchFolder {
  /// Writes an executable script and returns its path.
  ///
  /// Another program writes it: what is open for writing here may be inherited by a child that another test starts just then, and
  /// the system runs no file that anybody may write to.
  func script(_ name: String, _ text: String) throws -> String {
    let file = "\(path)/\(name)"
    let writer = Process()
    writer.executableURL = URL(fileURLWithPath: "/bin/sh")
    writer.arguments = ["-c", #"printf '#!/bin/sh\n%s\n' "$1" >"$0" && chmod 755 "$0""#, file, text]
    try writer.run()
    writer.waitUntilExit()
    try #require(writer.terminationStatus == 0)
    return file
  }

  func read(_ name: String) -> String { (try? String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)) ?? "" }
}
