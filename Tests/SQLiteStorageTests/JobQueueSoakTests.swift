import Foundation
import PeerSupport
import Testing

/// The soak program, run as a person would run it; `Tests/QueueSoak` says how to run the long one.
struct JobQueueSoakTests {
  #if SQLite
  @Test func `no job is lost and none done twice within its lease while workers are killed`() async throws {
    let (status, text) = try await run(["--jobs", "3000", "--kills", "20", "--seed", "7"])
    #expect(status == 0, "\(text)")
    #expect(text.contains("4 processes, 20 kills"))
    #expect(text.hasSuffix("\nverdict: none lost, none done twice within its lease\n"))
  }

  @Test func `a command line that cannot be followed is answered with a sentence`() async throws {
    let (status, text) = try await run(["--jobs", "many"])
    #expect(status == 64)
    #expect(text == "queue-soak: --jobs needs a number, not many.\n")
  }
  #else
  @Test func `without its trait the soak says how to get it`() async throws {
    let (status, text) = try await run([])
    #expect(status == 64)
    #expect(text == "queue-soak needs the SQLite trait: swift run -c release --traits SQLite queue-soak\n")
  }
  #endif

  /// Runs the program and returns its status and all that it wrote.
  private func run(_ arguments: [String]) async throws -> (Int32, String) {
    let outcome = try await TestProgram.run([try executable.path] + arguments)
    return (outcome.exitCode, outcome.standardOutput + outcome.standardError)
  }

  /// Beside the test bundle, where the build puts every program.
  private var executable: URL {
    get throws {
      let folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      let places = [folder, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
      let found = places.map { $0.appending(path: "queue-soak") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
      guard let found else { throw CocoaError(.fileNoSuchFile) }
      return found
    }
  }
}
