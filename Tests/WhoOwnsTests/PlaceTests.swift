import Foundation
import PeerSupport
import Testing

/// What the place of a file shows.
struct PlaceTests {
  private static func lint(_ line: String, in clone: Clone) async throws -> [String] {
    let outcome = try await WhoOwnsProgram.shell("cd \"$1\" && \(line)", in: clone.path)
    return outcome.standardOutput.split(separator: "\n").filter { $0.contains("wrong-location") }.map(String.init)
  }

  private static let wrong = """
      line 1, column 1: error: GitHub does not look for the file at sub/CODEOWNERS (wrong-location); move it to \
    .github/CODEOWNERS, or to CODEOWNERS, or to docs/CODEOWNERS
    """

  @Test(arguments: [
    #""$0" --file sub/CODEOWNERS --lint"#, #"cd sub && "$0" --lint"#, #"cd sub && "$0" --file CODEOWNERS --lint"#,
    #"cd / && "$0" --file "$1/sub/CODEOWNERS" --lint"#,
  ])
  func `a file below the top of a repository is in the wrong place`(line: String) async throws {
    let clone = try await Clone(["CODEOWNERS": "* @a\n", "sub/CODEOWNERS": "* @a\n"])
    #expect(try await Self.lint(line, in: clone) == [Self.wrong])
  }

  @Test(arguments: [
    #""$0" --lint"#, #""$0" --file ./sub/../CODEOWNERS --lint"#, #"cd sub && "$0" --file ../CODEOWNERS --lint"#,
    #"cp sub/CODEOWNERS "$1/../lone" && cd .. && "$0" --file lone --lint; rm lone"#,
  ])
  func `at the top it is not, and outside of a repository nobody can tell`(line: String) async throws {
    let clone = try await Clone(["CODEOWNERS": "* @a\n", "sub/CODEOWNERS": "* @a\n"])
    #expect(try await Self.lint(line, in: clone) == [])
  }

  @Test(arguments: [
    ("git@gitlab.com:acme/api.git", "a", "gitlab"), ("https://gitlab.acme.example/api/api", "a", "gitlab"),
    ("https://bitbucket.org/acme/api", ".gitlab-ci.yml", "bitbucket"), ("git@github.com:acme/api", ".gitlab-ci.yml", "github"),
    ("git@git.acme.example:acme/api", ".gitlab-ci.yml", "gitlab"), ("/srv/api", "bitbucket-pipelines.yml", "bitbucket"),
    ("/srv/api", "a", "github"),
  ])
  func `where a clone came from shows the dialect of a file without signs`(
    origin: String, file: String, dialect: String
  ) async throws {
    let clone = try await Clone(["CODEOWNERS": "config/a @ana\n", file: "1"])
    try await clone.git("remote", "add", "origin", origin)
    let outcome = try await WhoOwnsProgram.run("--git", clone.path, "--json", "a")
    #expect(outcome.standardOutput.contains(#""dialect":"\#(dialect)""#), "\(outcome.standardOutput)")
  }

  @Test(arguments: [#""$0" --json a"#, #"cd / && "$0" --file "$1/CODEOWNERS" --json a"#])
  func `a file in a work tree is one of its origin`(line: String) async throws {
    let clone = try await Clone(["CODEOWNERS": "config/a @ana\n"])
    try await clone.git("remote", "add", "origin", "git@gitlab.com:acme/api.git")
    let outcome = try await WhoOwnsProgram.shell("cd \"$1\" && \(line)", in: clone.path)
    #expect(outcome.standardOutput.contains(#""dialect":"gitlab""#), "\(outcome.standardOutput)\(outcome.standardError)")
  }

  @Test func `the places of the host that a clone came from are the first`() async throws {
    let clone = try await Clone([".github/CODEOWNERS": "* @hub\n", "CODEOWNERS": "* @lab\n"])
    try await clone.git("remote", "add", "origin", "git@gitlab.com:acme/api.git")
    #expect(try await WhoOwnsProgram.run("--git", clone.path, "--format", "tsv", "a").standardOutput == "a\t@lab\n")
  }
}
