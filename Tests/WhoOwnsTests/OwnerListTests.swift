import Foundation
import PeerSupport
import Testing

struct OwnerListTests {
  private static func rules(_ text: String = Clone.rules) throws -> ScratchFolder {
    let folder = try ScratchFolder()
    try Data(text.utf8).write(to: folder.url.appendingPathComponent("CODEOWNERS"))
    return folder
  }

  @Test func `each path has a line with its owners in the order of the rule`() async throws {
    let folder = try Self.rules()
    let outcome = try await WhoOwnsProgram.run(
      "--file", folder["CODEOWNERS"], "--format", "tsv", "src/b.swift", "a.txt", "README.md", "./src/b.swift", "/a.txt")
    #expect(
      outcome.standardOutput == """
        src/b.swift\t@ana @zoe
        a.txt\t@all
        README.md\t
        ./src/b.swift\t@ana @zoe
        /a.txt\t@all

        """)
    #expect(outcome.exitCode == 0 && outcome.standardError.isEmpty)
  }

  @Test func `text says which line decided`() async throws {
    let folder = try Self.rules("/src/ @ana\n/docs/\n")
    let outcome = try await WhoOwnsProgram.run("--file", folder["CODEOWNERS"], "src/a", "docs/b", "c")
    #expect(outcome.standardOutput == "src/a: @ana (line 1)\ndocs/b: nobody (line 2)\nc: nobody (no rule matches)\n")
  }

  @Test func `an explanation names what was shadowed`() async throws {
    let folder = try Self.rules()
    let outcome = try await WhoOwnsProgram.run("--file", folder["CODEOWNERS"], "--explain", "src/a.md")
    #expect(
      outcome.standardOutput
        == "src/a.md: line 4 \"*.md\" (nobody), before line 3 \"/src/\" (@ana @zoe), line 2 \"*\" (@all)\n")
  }

  @Test(arguments: [
    ("src/a\na\n", "src/a\t@ana @zoe\na\t@all\n"),
    ("src/a\r\na\r\n", "src/a\t@ana @zoe\na\t@all\n"),
    ("src/a\n\n\na", "src/a\t@ana @zoe\na\t@all\n"),
    ("src/a\0a\0", "src/a\t@ana @zoe\na\t@all\n"),
    ("src/a\nb\0c\td\0e\r\0", "src/a\\nb\t@ana @zoe\nc\\td\t@all\ne\r\t@all\n"),
    ("", ""), ("\n\r\n", ""), ("z\na\nz\n", "z\t@all\na\t@all\nz\t@all\n"),
  ])
  func `a list comes by lines of any system or with NULs, in any order`(input: String, output: String) async throws {
    let folder = try Self.rules()
    let outcome = try await WhoOwnsProgram.run(
      "--file", folder["CODEOWNERS"], "--paths", "-", "--format", "tsv", input: input)
    #expect(outcome.standardOutput == output)
    #expect(outcome.exitCode == 0)
  }

  @Test func `paths of any bytes come back as they are`() async throws {
    let folder = try Self.rules()
    let outcome = try await WhoOwnsProgram.shell(
      #"printf 'src/\377\200\nb\n' >"$1/list" && "$0" --file "$1/CODEOWNERS" --paths "$1/list" --format tsv | od -An -tx1 | tr -d ' \n'"#,
      in: folder.path)
    #expect(outcome.standardOutput == "7372632fff80" + "09" + "40616e6120407a6f650a" + "6209" + "40616c6c0a")
  }

  @Test func `a long list is answered whole and in order`() async throws {
    let folder = try Self.rules()
    let line =
      #"seq 1 200000 | sed 's|^|src/f|' >"$1/list"; "$0" --file "$1/CODEOWNERS" --paths "$1/list" --format tsv | cut -f1 | cmp - "$1/list""#
    let outcome = try await WhoOwnsProgram.shell(line, in: folder.path)
    #expect(outcome.exitCode == 0, "\(outcome.standardOutput)\(outcome.standardError)")
  }

  @Test func `a reader that has seen enough ends it quietly`() async throws {
    let folder = try Self.rules()
    let line =
      #"seq 1 500000 >"$1/list"; { "$0" --file "$1/CODEOWNERS" --paths "$1/list"; echo "ended with $?" >&2; } | head -n 1"#
    let outcome = try await WhoOwnsProgram.shell(line, in: folder.path)
    #expect(outcome.standardOutput == "1: @all (line 2)\n")
    #expect(outcome.standardError == "ended with 0\n")
  }

  @Test func `JSON has a member for each path, and decisions when they are asked for`() async throws {
    let folder = try Self.rules()
    let outcome = try await WhoOwnsProgram.run("--file", folder["CODEOWNERS"], "--json", "src/\"a\".c", "b.md")
    let path = folder["CODEOWNERS"]
    #expect(
      outcome.standardOutput == """
        {"format":1,"file":{"path":"\(path)","dialect":"github","rules":4,"skippedLines":0},"paths":[
        {"path":"src/\\"a\\".c","owners":["@ana","@zoe"],"line":3},
        {"path":"b.md","owners":[],"line":4}
        ]}

        """)
    let explained = try await WhoOwnsProgram.run("--file", path, "--json", "--explain", "b.md")
    #expect(
      explained.standardOutput.contains(
        #""decisions":[{"section":null,"line":4,"pattern":"*.md","owners":[],"approvals":0,"optional":false,"shadowed":[{"line":2,"#
      ))
  }

  @Test(arguments: [("auto", "@docs"), ("gitlab", "@docs"), ("github", "")])
  func `the dialect shows, or is chosen`(dialect: String, owner: String) async throws {
    let folder = try Self.rules("[Docs] @docs\n*.md\n")
    let outcome = try await WhoOwnsProgram.run(
      "--file", folder["CODEOWNERS"], "--dialect", dialect, "--format", "tsv", "a.md")
    #expect(outcome.standardOutput == "a.md\t\(owner)\n")
  }

  @Test func `lines that do not count are told of once`() async throws {
    let folder = try Self.rules("* @all\n!a @b\n!c @d\n")
    let outcome = try await WhoOwnsProgram.run("--file", folder["CODEOWNERS"], "a")
    #expect(outcome.standardOutput == "a: @all (line 1)\n")
    #expect(outcome.standardError.hasPrefix("who-owns: not all of \(folder["CODEOWNERS"]) counts: line 2, column 1: "))
    #expect(outcome.standardError.hasSuffix("; 1 more, which --lint lists\n"))
  }
}
