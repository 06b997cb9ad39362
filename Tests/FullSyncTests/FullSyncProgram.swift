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
  static func run(
    _ arguments: [String], environment: [String: String] = [:], input: String? = nil
  ) async throws -> Outcome {
    try await run(try executable, arguments, environment, input: input)
  }

  /// Runs the program and sends it a signal once a line of its progress has begun with `line`, at once or a little later.
  static func run(
    _ arguments: [String], environment: [String: String], sending signal: Int32, atLine line: String,
    afterMilliseconds delay: Int = 0
  ) async throws -> Outcome {
    try await run(try executable, arguments, environment, stop: Stop(signal: signal, line: line, delay: delay))
  }

  private struct Stop: Sendable {
    var signal: Int32
    var line: String
    var delay: Int
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

  private static func run(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], input: String? = nil, stop: Stop? = nil
  ) async throws -> Outcome {
    try await withCheckedThrowingContinuation { continuation in
      Thread.detachNewThread {
        continuation.resume(with: Result { try runBlocking(executable, arguments, environment, input, stop) })
      }
    }
  }

  private static func runBlocking(
    _ executable: URL, _ arguments: [String], _ environment: [String: String], _ input: String?, _ stop: Stop?
  ) throws -> Outcome {
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
    process.standardInput = try input.map { try Self.file(folder, holding: $0) } ?? FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    let progress = Pipe()
    if stop == nil { process.standardError = try FileHandle(forWritingTo: errors) } else { process.standardError = progress }
    try process.run()
    if let stop { try Self.read(progress, of: process, stop).write(to: errors) }
    process.waitUntilExit()
    return Outcome(
      exitCode: process.terminationStatus, standardOutput: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      standardError: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  private static func file(_ folder: URL, holding text: String) throws -> FileHandle {
    let file = folder.appendingPathComponent("in")
    try Data(text.utf8).write(to: file)
    return try FileHandle(forReadingFrom: file)
  }

  /// Reads to the end, and sends the signal on the way.
  private static func read(_ progress: Pipe, of process: Process, _ stop: Stop) throws -> Data {
    try progress.fileHandleForWriting.close()
    let mark = Data("\n\(stop.line)".utf8)
    var text = Data("\n".utf8)
    var isSent = false
    while let byte = try progress.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
      text += byte
      guard !isSent, text.suffix(mark.count) == mark else { continue }
      isSent = true
      usleep(UInt32(stop.delay) * 1_000)
      kill(process.processIdentifier, stop.signal)
    }
    return text
  }
}
