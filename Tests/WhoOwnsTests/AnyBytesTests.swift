import Foundation
import PeerSupport
import Testing

/// Names of files that are not UTF-8, which git has.
struct AnyBytesTests {
  /// Runs a line in a clone with a rule for one of two files whose names differ in such a byte.
  private static func run(_ line: String, rules: String = #"* @all\n/src/\377.c @bin\n"#) async throws -> WhoOwnsProgram.Outcome {
    let clone = try await Clone(["CODEOWNERS": "\n"])
    let made = try await WhoOwnsProgram.shell(
      #"cd "$1" && mkdir src && printf '\#(rules)' >CODEOWNERS && touch "$(printf 'src/\377.c')" "$(printf 'src/\376.c')""#,
      in: clone.path)
    #expect(made.exitCode == 0, "\(made.standardError)")
    try await clone.commit([:])
    return try await WhoOwnsProgram.shell("cd \"$1\" && { \(line); } | od -An -c | tr -d ' \\n'", in: clone.path)
  }

  @Test(arguments: [
    (#""$0" --git . --format tsv"#, #"CODEOWNERS\t@all\nsrc/376.c\t@all\nsrc/377.c\t@bin\n"#),
    (#""$0" --git . --explain | tail -n 1"#, #"src/377.c:line2"/src/377.c"(@bin),beforeline1"*"(@all)\n"#),
    (#""$0" --git . --lint"#, #"CODEOWNERS:nothingtomend\n"#),
    (#""$0" --format tsv "$(printf 'src/\377.c')" src/a"#, #"src/377.c\t@bin\nsrc/a\t@all\n"#),
    (#"cp CODEOWNERS "$(printf '\376')" && "$0" --file="$(printf '\376')" --format=tsv src/a"#, #"src/a\t@all\n"#),
    (#"printf 'src/\377.c\0./src/\376.c\0' | "$0" --paths - --format tsv"#, #"src/377.c\t@bin\n./src/376.c\t@all\n"#),
    (#""$0" --git . --repair --now 2026-11-20T12:00:00Z"#, ""),
  ])
  func `they are looked up byte by byte`(line: String, output: String) async throws {
    let outcome = try await Self.run(line)
    #expect(outcome.standardOutput == output, "\(outcome.standardError)")
  }

  @Test func `a repair names them as they are, and its patch applies`() async throws {
    let repair = #""$0" --git . --repair --now 2026-11-20T12:00:00Z | git apply && cat CODEOWNERS"#
    let outcome = try await Self.run(repair, rules: #"/src/\377.c @bin # \377\n/none\377/ @x\n/CODEOWNERS @ana\n"#)
    #expect(outcome.standardOutput == #"/src/377.c@bin#377\n/CODEOWNERS@ana\n/src/376.c@ana\n"#, "\(outcome.standardError)")
  }

  @Test func `places in the file are those on the disk`() async throws {
    let outcome = try await Self.run(#""$0" --git . --lint | tail -n 1 | cut -d: -f1"#, rules: #"/src/\377.c @bin @bin\n"#)
    #expect(outcome.standardOutput == #"line1,column15\n"#)
  }

  @Test func `characters that stand for bytes stay what they are`() async throws {
    let folder = try ScratchFolder()
    let outcome = try await WhoOwnsProgram.shell(
      #"printf '/\364\217\276\200 @a\n/\200 @b\n' >"$1/C" && printf '\364\217\276\200\n\200\n' | "$0" --file "$1/C" --paths - --explain | od -An -c | tr -d ' \n'"#,
      in: folder.path)
    #expect(
      outcome.standardOutput == #"364217276200:line1"/364217276200"(@a)\n200:line2"/200"(@b)\n"#, "\(outcome.standardError)")
  }
}
