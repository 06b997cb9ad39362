import Foundation
import PeerSupport

/// The program, run as a person would run it.
struct WhoOwnsProgram {
  typealias Outcome = TestProgram.Outcome

  /// Beside the test bundle, where the build puts every product.
  static var executable: String {
    get throws {
      let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      let candidates = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
      let paths = candidates.map { $0.appendingPathComponent("who-owns").path }
      guard let found = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return found
    }
  }

  /// Runs the program to its end.
  static func run(_ arguments: String..., input: String? = nil) async throws -> Outcome {
    try await TestProgram.run([try executable] + arguments, input: input)
  }

  /// Runs a line of shell in which `$0` is the program and `$1` a folder.
  static func shell(_ line: String, in folder: String) async throws -> Outcome {
    try await TestProgram.run(["/bin/sh", "-c", line, try executable, folder])
  }
}

/// A clone that a test fills.
struct Clone {
  let folder: ScratchFolder
  var path: String { folder.path }

  static let rules = """
    # who owns what
    * @all
    /src/ @ana @zoe
    *.md
    /src/old/ @gone

    """

  init(_ files: [String: String]) async throws {
    folder = try ScratchFolder()
    try await git("init", "-q", "-b", "main")
    try await commit(files)
  }

  /// Writes files and commits them.
  func commit(
    _ files: [String: String], by author: String = "Ana", of address: String? = nil, at time: String = "2026-11-10T12:00:00Z"
  ) async throws {
    for (name, text) in files {
      let url = folder.url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    try await git("add", "-A")
    try await git("commit", "-q", "-m", "Work", author: author, of: address, at: time)
  }

  @discardableResult
  func git(
    _ arguments: String..., author: String = "Ana", of address: String? = nil, at time: String = "2026-11-10T12:00:00Z"
  ) async throws -> String {
    let address = address ?? "7+\(author.lowercased())@users.noreply.github.com"
    let environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null",
      "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": author, "GIT_AUTHOR_EMAIL": address, "GIT_COMMITTER_NAME": author,
      "GIT_COMMITTER_EMAIL": address, "GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time,
    ]
    let outcome = try await TestProgram.run(["git", "-C", path] + arguments, environment: environment)
    guard outcome.exitCode == 0 else { throw CocoaError(.executableLoad) }
    return outcome.standardOutput
  }
}
