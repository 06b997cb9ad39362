import Foundation
import PeerSupport
import Testing

/// A table beside other answers.
struct TableTests {
  private static let findings = """
    CODEOWNERS: 1 finding
      line 2, column 1: warning: the pattern matches no file (dead-rule); correct the pattern, or remove the line

    """

  @Test func `standard output holds the table alone, answers are on standard error, and the exit code tells`() async throws {
    let clone = try await Clone(["CODEOWNERS": "* @ana\n/old/ @zoe\n", "a": "1"])
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--lint", "--format", "tsv")
    #expect(outcome.standardOutput == "CODEOWNERS\t@ana\na\t@ana\n")
    #expect(outcome.standardError == Self.findings && outcome.exitCode == 1)
    let good = try await WhoOwnsProgram.run("--git", clone.path, "--gaps", "--format", "tsv")
    #expect(good.standardOutput == outcome.standardOutput && good.exitCode == 0)
  }

  @Test func `without paths there are no lines`() async throws {
    let folder = try ScratchFolder()
    let outcome = try await WhoOwnsProgram.shell(
      #"printf '* @a @a\n' >"$1/C" && "$0" --file "$1/C" --lint --format tsv"#, in: folder.path)
    #expect(outcome.standardOutput.isEmpty && outcome.exitCode == 1)
    #expect(outcome.standardError.contains("line 1, column 6: note: @a stands twice on the line (duplicate-owner)"))
  }

  @Test func `an explanation is one field more`() async throws {
    let folder = try ScratchFolder()
    let outcome = try await WhoOwnsProgram.shell(
      #"printf '[A] @a\n*\n*.md\n[B]\n*.md @b @c\n' >"$1/C" && printf 'x.md\0y\tz\0' | "$0" --file "$1/C" --paths - --explain --format tsv"#,
      in: folder.path)
    #expect(
      outcome.standardOutput == """
        x.md\t@a @b @c\t[A] line 3 "*.md" (@a), before line 2 "*" (@a); [B] line 5 "*.md" (@b @c)
        y\\tz\t@a\t[A] line 2 "*" (@a)

        """)
  }

  @Test func `an explanation of a path with a line feed is one line`() async throws {
    let folder = try ScratchFolder()
    let outcome = try await WhoOwnsProgram.shell(
      #"printf '* @a\n' >"$1/C" && printf './x\ny\0' | "$0" --file "$1/C" --paths - --explain"#, in: folder.path)
    #expect(outcome.standardOutput == "./x\\ny: line 1 \"*\" (@a)\n")
  }
}
