import Foundation
import PeerSupport
import Testing

struct CloneTests {
  private static let now = "2026-11-20T12:00:00Z"

  private static func clone() async throws -> Clone {
    try await Clone([".github/CODEOWNERS": Clone.rules, "src/a.swift": "1", "src/Ü b.swift": "1", "README.md": "1"])
  }

  @Test(arguments: [false, true])
  func `a clone knows its rules and files, bare or not`(isBare: Bool) async throws {
    let clone = try await Self.clone()
    let copy = try ScratchFolder()
    if isBare { try await clone.git("clone", "-q", "--bare", clone.path, copy["bare.git"]) }
    let outcome = try await WhoOwnsProgram.run("--git", isBare ? copy["bare.git"] : clone.path, "--format", "tsv")
    #expect(
      outcome.standardOutput
        == ".github/CODEOWNERS\t@all\nREADME.md\t\nsrc/a.swift\t@ana @zoe\nsrc/Ü b.swift\t@ana @zoe\n")
  }

  @Test func `lint finds what the files show, and the exit code says so`() async throws {
    let clone = try await Self.clone()
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--lint")
    #expect(
      outcome.standardOutput == """
        .github/CODEOWNERS: 1 finding
          line 5, column 1: warning: the pattern matches no file (dead-rule); correct the pattern, or remove the line

        """)
    #expect(outcome.exitCode == 1)
  }

  @Test func `a clone without findings ends well`() async throws {
    let clone = try await Clone(["CODEOWNERS": "* @ana\n", "a": "1"])
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--lint", "--drift", "--gaps", "--now", Self.now)
    #expect(outcome.exitCode == 0, "\(outcome.standardOutput)")
    #expect(outcome.standardOutput.hasPrefix("CODEOWNERS: nothing to mend\ndrift: 0 rules of "))
  }

  @Test func `owners who do not do the work have drifted`() async throws {
    let clone = try await Self.clone()
    for day in 11...18 { try await clone.commit(["src/a.swift": "\(day)"], by: "Eve", at: "2026-11-\(day)T12:00:00Z") }
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--drift", "--now", Self.now)
    #expect(outcome.exitCode == 1)
    #expect(outcome.standardOutput.hasPrefix("drift: 1 rule of "), "\(outcome.standardOutput)")
    #expect(outcome.standardOutput.contains("line 3, /src/: @ana and @zoe made "))
    let repair = try await WhoOwnsProgram.shell(
      #""$0" --git "$1" --repair --now 2026-11-20T12:00:00Z | git -C "$1" apply && cat "$1/.github/CODEOWNERS""#, in: clone.path)
    #expect(repair.standardOutput.contains("\n/src/ @eve"), "\(repair.standardOutput)\(repair.standardError)")
    #expect(!repair.standardOutput.contains("/src/old/"))
  }

  @Test func `files without a rule are gaps`() async throws {
    let clone = try await Clone(["CODEOWNERS": "/src/ @ana\n", "src/a": "1", "lib/b": "1", "lib/c": "1"])
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--gaps", "--json", "--now", Self.now)
    #expect(outcome.exitCode == 1)
    let object = try JSONSerialization.jsonObject(with: Data(outcome.standardOutput.utf8)) as? [String: Any]
    let gaps = try #require(object?["gaps"] as? [String: Any])
    let unowned = try #require(gaps["unowned"] as? [[String: Any]])
    #expect(Set(unowned.compactMap { $0["path"] as? String }) == ["CODEOWNERS", "lib/"])
  }

  @Test func `a simulation says which files change owners, and is no finding`() async throws {
    let clone = try await Self.clone()
    let other = try ScratchFolder()
    try Data("* @all\n/src/ @zoe @ana\n*.md @writers\n".utf8).write(to: other.url.appendingPathComponent("other"))
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--simulate", other["other"], "--now", Self.now)
    #expect(outcome.exitCode == 0)
    #expect(outcome.standardOutput.contains("→ @writers: 1 file\n    README.md\n"), "\(outcome.standardOutput)")
  }

  private static func absence(_ clone: Clone) -> String {
    """
    who-owns: There is no CODEOWNERS in the newest commit of \(clone.path). Looked for .github/CODEOWNERS, CODEOWNERS, \
    docs/CODEOWNERS, .gitlab/CODEOWNERS, .bitbucket/CODEOWNERS.
    """
  }

  @Test func `in a clone without the file nobody owns anything, and the places are named`() async throws {
    let clone = try await Clone(["a": "1", "lib/b": "1"])
    let list = try await WhoOwnsProgram.run("--git", clone.path, "--format", "tsv")
    #expect(list.standardOutput == "a\t\nlib/b\t\n" && list.exitCode == 0)
    #expect(list.standardError == "\(Self.absence(clone)) So nobody owns anything.\n")
    let gaps = try await WhoOwnsProgram.run("--git", clone.path, "--gaps", "--json", "--now", Self.now)
    #expect(gaps.exitCode == 1)
    #expect(gaps.standardOutput.hasPrefix(#"{"format":1,"file":{"path":null,"dialect":"github","rules":0,"#))
    #expect(gaps.standardOutput.contains(#""files":{"owned":0,"unowned":2,"ownerless":0}"#))
  }

  @Test(arguments: [
    (["src/CODEOWNERS", "docs/codeowners"], [], "No host looks for it at docs/codeowners, src/CODEOWNERS."),
    ([".gitlab/CODEOWNERS"], ["--dialect", "github"], "GitHub does not look for it at .gitlab/CODEOWNERS."),
  ])
  func `files in places that are not looked at are named`(places: [String], more: [String], sentence: String) async throws {
    let clone = try await Clone(Dictionary(places.map { ($0, "* @ana\n") }, uniquingKeysWith: { first, _ in first }))
    let outcome = try await TestProgram.run([try WhoOwnsProgram.executable, "--git", clone.path, "--lint"] + more)
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError.hasSuffix("CODEOWNERS. \(sentence) Name one with --file.\n"), "\(outcome.standardError)")
  }

  @Test func `a link in the place of the file is named`() async throws {
    let clone = try await Clone(["rules": "* @ana\n"])
    _ = try await WhoOwnsProgram.shell(#"ln -s rules "$1/CODEOWNERS""#, in: clone.path)
    try await clone.commit([:])
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--lint")
    #expect(outcome.standardError.hasSuffix("CODEOWNERS. CODEOWNERS is a link, which is not followed. Name one with --file.\n"))
  }

  @Test func `a repair of a clone without the file makes it`() async throws {
    let clone = try await Clone(["lib/a": "1", "lib/b": "1"])
    let repair = try await WhoOwnsProgram.shell(
      #""$0" --git "$1" --repair --now 2026-11-20T12:00:00Z | git -C "$1" apply && cat "$1/.github/CODEOWNERS""#, in: clone.path)
    #expect(repair.standardOutput == "* @ana\n", "\(repair.standardOutput)\(repair.standardError)")
  }

  @Test func `what a repair leaves is said, rule by rule or in all`() async throws {
    let clone = try await Clone([".gitlab/CODEOWNERS": "* @ana\n^[Docs]\n*.md @ana @ana\n[Docs]\ngone/ @eve\n", "a.md": "1"])
    let repair = try await WhoOwnsProgram.run("--git", clone.path, "--repair", "--now", Self.now)
    #expect(repair.standardOutput.isEmpty && repair.exitCode == 0)
    #expect(
      repair.standardError == """
        who-owns: not repaired: line 5, gone/: it matches no file, but decides whether its section is optional
        who-owns: not repaired: 1 finding of --lint: only a person can tell what was meant

        """)
  }

  @Test(arguments: ["--lint", "--simulate"])
  func `what is about the text of the file needs one`(option: String) async throws {
    let clone = try await Clone(["a": "1"])
    let outcome = try await WhoOwnsProgram.shell(
      #""$0" --git "$1" \#(option)\#(option == "--lint" ? "" : " /dev/null")"#, in: clone.path)
    #expect(outcome.exitCode == 2)
    #expect(outcome.standardError == "\(Self.absence(clone)) Name one with --file.\n")
  }
}
