import Foundation
import PeerSupport
import Testing

struct SimulationTests {
  // What only its place shows: nothing in these files is a sign of their host.
  @Test(arguments: [
    (".github/CODEOWNERS", "config/a @ana\n*.md\n"), (".gitlab/CODEOWNERS", "config/a @ana\n* @zoe\n"),
    (".bitbucket/CODEOWNERS", "config/a @ana.b\n* @zoe\n"),
  ])
  func `a copy changes nothing, wherever it lies`(place: String, rules: String) async throws {
    let clone = try await Clone([place: rules, "config/a": "1", "lib/config/a": "1", "README.md": "1"])
    let copy = try ScratchFolder()
    try Data(rules.utf8).write(to: copy.url.appendingPathComponent("proposed"))
    let outcome = try await WhoOwnsProgram.run(
      "--git", clone.path, "--simulate", copy["proposed"], "--now", "2026-11-20T12:00:00Z")
    #expect(outcome.standardOutput == "simulation: 0 files with other owners, 0 rules differ\n")
    #expect(outcome.exitCode == 0)
  }
}
