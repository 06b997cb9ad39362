import Foundation
import PeerSupport

/// A small repository that a test makes with git: `acme/NAME` with one change.
struct LocalClone {
  private let folder: ScratchFolder
  var path: String { folder.url.path }

  init(name: String) async throws {
    folder = try ScratchFolder()
    let date = "2026-11-01T12:00:00Z"
    try await FullSyncProgram.git("init", "-q", "-b", "main", in: folder.url, date: date)
    try await FullSyncProgram.git("remote", "add", "origin", "git@github.com:acme/\(name).git", in: folder.url, date: date)
    try Data("let a = 1\n".utf8).write(to: folder.url.appendingPathComponent("\(name).swift"))
    try await FullSyncProgram.git("add", "-A", in: folder.url, date: date)
    try await FullSyncProgram.git("commit", "-q", "-m", "Open the \(name) (#1)", in: folder.url, date: date)
  }
}
