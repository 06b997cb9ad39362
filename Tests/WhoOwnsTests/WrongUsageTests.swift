import PeerSupport
import Testing

struct WrongUsageTests {
  @Test(arguments: [
    (["--bogus"], "--bogus is not an option; put -- before paths that begin with a hyphen."),
    (["--file"], "--file needs a value."), (["--file="], "--file needs a value."),
    (["--days=x", "a"], "--days needs a whole number from 1 to 36525, not \"x\"."),
    (["--lint=yes"], "--lint=yes is not an option; put -- before paths that begin with a hyphen."),
    (["--file", "a", "--file", "b"], "--file can be given once."),
    (["--file", "a", "--git", "b"], "--file and --git exclude each other: the rules come from one place."),
    (["--dialect", "svn", "a"], "--dialect is github, gitlab, bitbucket or auto, not \"svn\"."),
    (["--format", "xml", "a"], "--format is text, tsv or json, not \"xml\"."),
    (["--format", "tsv", "--json", "a"], "--json is short for --format json; it cannot stand beside --format tsv."),
    (["--days", "0", "a"], "--days needs a whole number from 1 to 36525, not \"0\"."),
    (["--now", "noon", "a"], "--now needs a time such as 2026-11-20T12:00:00Z, not \"noon\"."),
    (["--paths", "-", "a"], "Give paths as arguments or with --paths, not both."),
    (["--lint", "a"], "--lint, --drift, --gaps and --repair look at all files; leave the paths out."),
    (
      ["--git", ".", "--paths", "-", "--repair"],
      "--lint, --drift, --gaps and --repair look at all files of the clone; leave --paths out."
    ),
    (["--drift"], "--drift reads commits: add --git PATH with the path of a clone."),
    (["--simulate", "x"], "--simulate compares the owners of files: add --git PATH or --paths FILE."),
    ([], "There is no path: name some, give a list with --paths FILE (- is standard input), or a clone with --git PATH."),
  ])
  func `wrong usage is one sentence`(arguments: [String], sentence: String) async throws {
    let outcome = try await TestProgram.run([try WhoOwnsProgram.executable] + arguments)
    #expect(outcome.standardError == "who-owns: \(sentence)\nTry who-owns --help.\n")
    #expect(outcome.exitCode == 64 && outcome.standardOutput.isEmpty)
  }

  @Test(arguments: [
    (
      ["--file", "/nowhere/CODEOWNERS", "a"],
      "Could not open /nowhere/CODEOWNERS: No such file or directory. Check its name and permissions."
    ),
    (["--git", "/nowhere"], "who-owns: git: could not open /nowhere: There is no folder /nowhere. Give the path of a clone."),
    (["--file", "/", "a"], "Could not read /: Is a directory. Check its name and permissions."),
  ])
  func `what cannot be read is said`(arguments: [String], sentence: String) async throws {
    let outcome = try await TestProgram.run([try WhoOwnsProgram.executable] + arguments)
    #expect(outcome.standardError.contains(sentence), "\(outcome.standardError)")
    #expect(outcome.exitCode == 2 && outcome.standardOutput.isEmpty)
  }

  @Test func `a path may begin with a hyphen`() async throws {
    let folder = try ScratchFolder()
    let outcome = try await WhoOwnsProgram.shell(
      #"echo '* @a' >"$1/C" && "$0" --file "$1/C" --format tsv -- --lint"#, in: folder.path)
    #expect(outcome.standardOutput == "--lint\t@a\n")
  }
}
