import Foundation
import PeerSupport
import Synchronization

/// The program, run as a person would run it.
struct FullSyncProgram {
  typealias Outcome = TestProgram.Outcome

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

  /// Runs the program to its end.
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

  /// Runs the program and tells `heard` all that it wrote to standard error, whenever it wrote more.
  static func run(
    _ arguments: [String], environment: [String: String], hearing heard: @escaping @Sendable (String, TestProgram) -> Void
  ) async throws -> Outcome {
    let home = try ScratchFolder()
    let always = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.url.path]
    return try await TestProgram.run(
      [try executable.path] + arguments, environment: always.merging(environment) { $1 }, hearing: heard)
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
    let home = try ScratchFolder()
    let always = ["PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": home.url.path]
    let isSent = Atomic(false)
    return try await TestProgram.run(
      [executable.path] + arguments, environment: always.merging(environment) { $1 }, input: input
    ) { progress, process in
      guard let stop, "\n\(progress)".contains("\n\(stop.line)"), !isSent.exchange(true, ordering: .relaxed) else { return }
      // Not a wait for anything: it moves the signal to another moment, and whatever that is, the outcome has to hold.
      usleep(UInt32(stop.delay) * 1_000)
      process.signalItself(stop.signal)
    }
  }
}

extension TestProgram.Outcome {
  /// Standard output as one JSON object.
  var json: [String: Any] {
    (try? JSONSerialization.jsonObject(with: Data(standardOutput.utf8))) as? [String: Any] ?? [:]
  }
}
