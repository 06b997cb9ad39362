import Foundation
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

  /// Runs the program off the cooperative threads and returns its status and all that it wrote.
  private func run(_ arguments: [String]) async throws -> (Int32, String) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "koalr-soak-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let output = folder.appending(path: "out")
    try Data().write(to: output)
    let process = Process()
    process.executableURL = try executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = process.standardOutput
    let status: Int32 = try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
      do { try process.run() } catch { continuation.resume(throwing: error) }
    }
    let text = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    try FileManager.default.removeItem(at: folder)
    return (status, text)
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
