#if HTTPServer && SQLite
import Foundation
import PeerSupport

/// The program, run as a person would run it.
struct ReceiverProgram: Sendable {
  /// Where it listens.
  var port: Int
  private let process: TestProgram
  private let end: Task<TestProgram.Outcome, any Error>

  /// Starts it; returns when it listens.
  init(_ arguments: [String], environment: [String: String]) async throws {
    let (found, listening) = AsyncStream<(Int, TestProgram)>.makeStream()
    let words = [try Self.executable.path, "--port", "0"] + arguments
    end = Task {
      defer { listening.finish() }
      return try await TestProgram.run(words, environment: environment) { text, process in
        if let port = Self.port(in: text) { listening.yield((port, process)) }
      }
    }
    guard let (port, process) = await found.first(where: { _ in true }) else {
      throw Ended(said: try await end.value.standardError)
    }
    (self.port, self.process) = (port, process)
  }

  /// It ended before it listened.
  private struct Ended: Error {
    var said: String
  }

  /// Sends a signal, and returns how it ended.
  func end(with signal: Int32) async throws -> TestProgram.Outcome {
    process.signalItself(signal)
    return try await end.value
  }

  private static func port(in text: String) -> Int? {
    guard let range = text.range(of: "listening at http://127.0.0.1:") else { return nil }
    let rest = text[range.upperBound...]
    guard rest.contains("\n") else { return nil }
    return Int(rest.prefix(while: \.isNumber))
  }

  private static var executable: URL {
    get throws {
      let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      let candidates = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        .map { $0.appendingPathComponent("webhook-receiver") }
      guard let found = candidates.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
        throw CocoaError(.fileNoSuchFile)
      }
      return found
    }
  }
}
#endif
