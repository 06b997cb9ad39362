import Foundation
import PeerSupport
import Testing

/// The program without any server.
struct CommandLineTests {
  @Test func `without arguments the sample organisation is synced, the same on every run`() async throws {
    let first = try await FullSyncProgram.run([])
    let second = try await FullSyncProgram.run([])
    #expect(first.exitCode == 0)
    #expect(first.standardOutput == second.standardOutput)
    for heading in ["Connections", "Repositories (12)", "Riskiest open changes", "What could not be computed", "Complete"] {
      #expect(first.standardOutput.contains(heading), "\(heading)")
    }
  }

  @Test func `what was exported can be imported and exported again, byte for byte`() async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("koalr-io-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let first = folder.appendingPathComponent("first.jsonl"), second = folder.appendingPathComponent("second.jsonl")
    #expect(try await FullSyncProgram.run(["--export", first.path]).exitCode == 0)
    let outcome = try await FullSyncProgram.run(["--import", first.path, "--export", second.path, "--json"])
    #expect(outcome.exitCode == 0, "\(outcome.standardError)")
    #expect(try Data(contentsOf: first) == Data(contentsOf: second))
  }

  @Test func `the JSON summary is one object and nothing else`() async throws {
    let outcome = try await FullSyncProgram.run(["--json"])
    let summary = outcome.json
    #expect(outcome.standardOutput.hasPrefix("{") && outcome.standardOutput.hasSuffix("}\n"))
    for key in ["counts", "requests", "elapsedSeconds", "cpuSeconds", "childCPUSeconds", "peakMemoryBytes", "complete", "gaps"] {
      #expect(summary[key] != nil, "\(key)")
    }
    let counts = try #require(summary["counts"] as? [String: Int])
    for kind in [
      "repository", "change", "changeFile", "commit", "commitFile", "deployment", "issue", "assessment", "team", "contributor",
    ] {
      #expect((counts[kind] ?? 0) > 0, "\(kind)")
    }
  }

  @Test(arguments: [("> /dev/full", 2), ("> /dev/null 2>&-", 0), ("> /dev/null 2> /dev/full", 0)])
  func `a summary that is lost is no success, and messages that nobody reads are no failure`(
    redirection: String, exitCode: Int32
  ) async throws {
    let outcome = try await TestProgram.run(
      ["sh", "-c", "exec \"$0\" --json \(redirection)", try FullSyncProgram.executable.path])
    #expect(outcome.exitCode == exitCode)
  }

  @Test func `a folder without a repository is a failure with a hint`() async throws {
    let outcome = try await FullSyncProgram.run(["--git", FileManager.default.temporaryDirectory.path])
    #expect(outcome.exitCode == 2)
    #expect(!outcome.standardError.isEmpty)
  }
}
