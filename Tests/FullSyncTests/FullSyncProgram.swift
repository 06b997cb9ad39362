import Foundation
import Synchronization

/// The program, run as a person would run it.
struct FullSyncProgram {
  struct Outcome {
    var exitCode: Int32
    var standardOutput: String
    var standardError: String

    var json: [String: Any] {
      (try? JSONSerialization.jsonObject(with: Data(standardOutput.utf8))) as? [String: Any] ?? [:]
    }
  }

  /// Beside the test bundle, where the build puts every product.
  static var executable: URL {
    get throws {
      let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      let candidates = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
      guard
        let found = candidates.map({ $0.appendingPathComponent("full-sync") }).first(where: {
          FileManager.default.isExecutableFile(atPath: $0.path)
        })
      else { throw CocoaError(.fileNoSuchFile) }
      return found
    }
  }

  /// Runs the program to its end, off the cooperative threads; output goes through files, because pipes may lose data.
  static func run(_ arguments: [String], environment: [String: String] = [:]) async throws -> Outcome {
    try await run(try executable, arguments, environment)
  }

  /// Runs git, with a fixed author and no configuration of the machine.
  @discardableResult
  static func git(_ arguments: String..., in folder: URL, date: String) async throws -> Outcome {
    let environment = [
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
      "GIT_AUTHOR_NAME": "Ana", "GIT_AUTHOR_EMAIL": "7+ana@users.noreply.github.com", "GIT_COMMITTER_NAME": "Ana",
      "GIT_COMMITTER_EMAIL": "ana@acme.example",
    ]
    return try await run(URL(fileURLWithPath: "/usr/bin/env"), ["git", "-C", folder.path] + arguments, environment)
  }

  private static func run(_ executable: URL, _ arguments: [String], _ environment: [String: String]) async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try runBlocking(executable, arguments, environment) })
      }
    }
  }

  private static func runBlocking(_ executable: URL, _ arguments: [String], _ environment: [String: String]) throws -> Outcome {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appendingPathComponent("out"), errors = folder.appendingPathComponent("err")
    for file in [output, errors] { try Data().write(to: file) }
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.environment = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": folder.path].merging(
      environment
    ) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationStatus, standardOutput: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      standardError: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}
