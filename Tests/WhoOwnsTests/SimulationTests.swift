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

  @Test func `terms of sections are part of what changes`() async throws {
    let folder = try ScratchFolder()
    let line = """
      cd "$1" && printf '[Be][2] @be\\n/src/\\n' >CODEOWNERS && printf '[Be][3] @be\\n/src/\\n' >other \
      && "$0" --dialect gitlab --simulate other
      """
    let text = try await WhoOwnsProgram.shell("\(line) src/a", in: folder.path)
    #expect(
      text.standardOutput == """
        simulation: 1 file with other owners, 0 rules differ, 1 section too
          [Be][2] @be → [Be][3] @be: 1 file
            src/a

        """)
    let json = try await WhoOwnsProgram.shell("\(line) --json src/a", in: folder.path)
    #expect(json.standardOutput.contains(#""before":[{"section":"Be","owners":["@be"],"approvals":2,"optional":false}]"#))
    #expect(json.standardOutput.contains(#""new":{"name":"Be","line":1,"approvals":3,"optional":false,"owners":["@be"]}"#))
  }
}
