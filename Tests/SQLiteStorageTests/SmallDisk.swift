#if SQLite
import Foundation
import PeerSupport
import Testing

/// A file system of its own in memory: small, and read-only when asked. Mounting needs the rights of root, which the machine of the
/// checks has; there a skipped test is a failure.
final class SmallDisk: Sendable {
  let url: URL
  private let folder: ScratchFolder

  static let canMount = (try? SmallDisk(kibibytes: 64)) != nil

  init(kibibytes: Int) throws {
    folder = try ScratchFolder()
    url = folder.url
    try Self.run("mount", "-t", "tmpfs", "-o", "size=\(kibibytes)k", "koalr", url.path)
  }

  deinit { try? Self.run("umount", "-l", url.path) }

  func makeReadOnly() throws { try Self.run("mount", "-o", "remount,ro", url.path) }

  /// Runs a program of the system and waits for its end.
  static func run(_ arguments: String...) throws {
    guard try TestProgram(arguments).isEndingWell() else { throw Failure(command: arguments.joined(separator: " ")) }
  }

  struct Failure: Error { var command: String }
}
#endif
