import KoalrCodeOwnersParser
import KoalrDomain
import KoalrTesting
import Testing

struct CodeOwnersLintTests {
  private func findings(
    _ text: String, path: String? = nil, paths: [String]? = nil, directory: OwnerDirectory = OwnerDirectory(),
    hostErrors: [CodeOwnersError]? = nil
  ) -> [CodeOwnersFinding] {
    CodeOwnersLint.findings(
      in: CodeOwnersParser().parse(text), path: path, paths: paths, directory: directory, hostErrors: hostErrors)
  }

  private func words(_ findings: [CodeOwnersFinding]) -> [String] { findings.map { "\($0.line):\($0.column) \($0.rule)" } }

  struct Case: CustomTestStringConvertible, Sendable {
    var file: String
    var paths: [String]?
    var findings: [String]
    var testDescription: String { file.replacing("\n", with: "; ") }
  }

  @Test(arguments: [
    Case(file: "* @a\n*.md @b\n/api/ @c", findings: []),
    Case(file: "*.md @b\n* @a", findings: ["1:1 shadowed-rule"]),
    Case(file: "  /api/x/*.js @b\n/api/ @a", findings: ["1:3 shadowed-rule"]),
    Case(file: "/api/ @a\n/api/x/ @b", findings: []),
    Case(file: "/api/*.md @a\n*.md @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "/api/a?.md @a\n/api/*.md @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "*.min.js @a\n*.js @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "*.js @a\n*.min.js @b", findings: []),
    // One level and all below differ.
    Case(file: "docs/ @a\ndocs/* @b", findings: []),
    Case(file: "/docs/* @b\n/docs/ @a", findings: ["1:1 shadowed-rule"]),
    Case(file: "/docs @b\ndocs @a", findings: ["1:1 shadowed-rule"]),
    Case(file: "/docs @b\n/docs/ @a", findings: []),
    Case(file: "a/**/b @x\na/** @y", findings: ["1:1 shadowed-rule"]),
    Case(file: "a/**/b/c @x\n**/b @y", findings: ["1:1 shadowed-rule"]),
    // Together they cover it, and nobody claims so.
    Case(file: "/a/ @x\n/a/* @y\n/a/*/** @z", findings: []),
    Case(file: "/api/ @a @b @A", findings: ["1:13 duplicate-owner"]),
    Case(file: "/api/ @a\nx @b\n/api/ @a", findings: ["1:1 duplicate-pattern"]),
    Case(file: "/api/ @a\n/gone/ @b", paths: ["api/x"], findings: ["2:1 dead-rule"]),
    Case(file: "/a/ @x\n/a/* @y\n/a/*/** @z", paths: ["a/b", "a/c/d"], findings: ["1:1 shadowed-rule"]),
    Case(file: "!x @a\n/ @a\n* @b b", paths: ["q"], findings: ["1:1 invalid-pattern", "2:1 never-matches", "3:6 invalid-owner"]),
    Case(file: "/gone/ @b\n/gone/ @c", paths: ["q"], findings: ["1:1 duplicate-pattern", "2:1 dead-rule"]),
  ]) func `rules that count for nothing are found, once, and only when it is proven`(_ one: Case) {
    #expect(words(findings(one.file, paths: one.paths)) == one.findings)
  }

  @Test(arguments: [
    Case(file: "docs @a\ndocs/ @a", findings: []),
    Case(file: "docs/*.md @a\ndocs/ @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "[A]\n*.md @a\n[B]\n* @b", findings: []),
    Case(file: "[A]\n*.md @a\n[B]\n* @b\n[a]\n* @c", findings: ["2:1 shadowed-rule"]),
    Case(file: "*.md @a\n!docs/*.md", findings: []),
    Case(file: "docs/*.md @a\n!docs/", findings: ["1:1 shadowed-rule"]),
    Case(file: "!docs/\n docs/*.md @a", findings: ["2:2 shadowed-rule"]),
    Case(file: "* @a\n!docs/*.md\n  !docs/", findings: ["2:2 shadowed-rule"]),
    // The repeated pattern keeps its first place, so that the one between wins.
    Case(file: "*.md @a\n* @b\n*.md @c", findings: ["1:1 duplicate-pattern", "3:1 shadowed-rule"]),
    Case(file: "docs/ @a\n/**/docs/ @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "x[a-c].md @a\nx[a-c]* @b", findings: ["1:1 shadowed-rule"]),
    Case(file: "x[a-d].md @a\nx[a-c]* @b", findings: []),
    Case(file: "*.md @a\n!gone/", paths: ["a.md"], findings: ["2:2 dead-rule"]),
    Case(file: "*.md @a\n!docs/", paths: ["a.md", "docs/b.md"], findings: []),
    Case(file: "[A][2] @a @b @A\n*.md", findings: ["1:14 duplicate-owner"]),
  ]) func `sections of GitLab's are judged each for itself`(_ one: Case) {
    let file = CodeOwnersParser(dialect: .gitLab).parse(one.file)
    #expect(words(CodeOwnersLint.findings(in: file, paths: one.paths)) == one.findings)
  }

  @Test func `owners are judged by what is known of them`() {
    let team = { (slug: String, members: [String]) in
      Team(
        id: SourceID(unchecked: slug), organization: "acme", slug: slug, name: slug, parent: nil,
        members: members.map(Login.init(unchecked:)))
    }
    let directory = OwnerDirectory(
      teams: [team("api", ["ann"]), team("idle", [])],
      accounts: [Login(unchecked: "ann"): .write, Login(unchecked: "zoe"): .gone, Login(unchecked: "reader"): .read],
      addresses: ["zoe@example.org": Login(unchecked: "zoe")], completeOrganizations: ["acme"])
    let found = findings(
      "* @ann @kim @acme/api @other/team\nx @zoe # @zoe\ny\t@ann  @Reader\nz @acme/none @acme/idle zoe@example.org#why\n",
      directory: directory)
    #expect(
      found.map(\.description) == [
        "line 2, column 3: error: @zoe has left (departed-owner); name somebody who is there",
        "line 3, column 9: error: @Reader has no write access, so approvals do not count (owner-without-access); "
          + "give write access, or name another owner",
        "line 4, column 3: error: @acme/none does not exist or cannot be seen (unknown-owner); "
          + "correct the name, or make the team visible",
        "line 4, column 14: error: @acme/idle has no members, so nobody can approve (empty-team); "
          + "add members, or name another owner",
        "line 4, column 25: error: zoe@example.org has left (departed-owner); name somebody who is there",
      ])
  }

  @Test(
    arguments: [
      (".github/CODEOWNERS", [".github/CODEOWNERS", "a"], []),
      ("CODEOWNERS", ["CODEOWNERS"], []),
      ("CODEOWNERS", [".github/CODEOWNERS", "CODEOWNERS"], ["wrong-location"]),
      ("docs/CODEOWNERS", ["CODEOWNERS", "docs/CODEOWNERS"], ["wrong-location"]),
      (".github/CODEOWNERS", [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"], ["second-file", "second-file"]),
      ("src/CODEOWNERS", ["src/CODEOWNERS"], ["wrong-location"]),
      (".gitlab/CODEOWNERS", [], ["wrong-location"]),
    ] as [(String, [String], [String])])
  func `the first place with a file counts`(path: String, paths: [String], rules: [String]) {
    #expect(findings("", path: path, paths: paths).map(\.rule.rawValue) == rules)
  }

  @Test func `what the host finds too is one finding`() {
    let directory = OwnerDirectory(accounts: [Login(unchecked: "zoe"): .gone])
    let error = { (line: Int, column: Int?, kind: String) in
      CodeOwnersError(line: line, column: column, kind: kind, suggestion: column == 3 ? nil : "mend it")
    }
    let found = findings(
      "***/x @a\n* docs@\nx @zoe @kim\né @zoe\n", directory: directory,
      hostErrors: [
        error(1, 1, "Invalid pattern"), error(2, nil, "Invalid owner"), error(3, 3, "Unknown owner"),
        error(3, 8, "Unknown owner"), error(4, 3, "Unknown owner"), error(9, 1, "Something new"),
      ])
    #expect(
      words(found) == [
        "1:1 invalid-pattern", "2:3 invalid-owner", "3:3 departed-owner", "3:8 host-error", "4:4 departed-owner",
        "9:1 host-error",
      ])
    #expect(found.map(\.source) == [.both, .both, .both, .host, .both, .host])
    #expect(found[3].message == "GitHub reports \"Unknown owner\"" && found[3].advice == "mend it")
  }

  @Test(arguments: 0..<40) func `a file made without faults is not blamed`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    // General before special, each folder once, each owner known: nothing to say.
    let folders = Set(repository.paths.flatMap { path in path.indices.filter { path[$0] == "/" }.map { path[..<$0] } })
    let escaped = { (text: Substring) in
      text.map { " *?[]\\".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    }
    let lines =
      ["* @ann"]
      + folders.sorted().map { "/\(escaped($0))/ \(random.draw(2, of: RandomRepository.owners).joined(separator: " "))" }
    let people = ["ann", "ben", "eve"].map { (Login(unchecked: $0), OwnerDirectory.Access.write) }
    let directory = OwnerDirectory(accounts: Dictionary(uniqueKeysWithValues: people))
    // A folder with nothing but folders decides about no file of its own.
    let leaves = repository.paths + folders.map { $0 + "/own" } + ["own"]
    let found = findings(
      lines.joined(separator: "\n"), path: "CODEOWNERS", paths: leaves + ["CODEOWNERS"], directory: directory, hostErrors: [])
    #expect(found.isEmpty, "\(found)")
  }

  @Test(arguments: 0..<60, [CodeOwnersParser.Dialect.gitHub, .gitLab])
  func `a rule that is called shadowed never decides`(seed: UInt64, dialect: CodeOwnersParser.Dialect) {
    var random = SeededGenerator(seed: seed)
    let parts = ["a", "b", "*", "**", "a*", "*b", "?", "a?b", "*a*"] + (dialect == .gitLab ? ["[ab]", "[!a]*", "x[a-z]b"] : [])
    let lines = (0..<25).map { _ in
      if dialect == .gitLab, random.chance(0.1) { return random.pick(["[S]", "[T]"]) ?? "" }
      return (dialect == .gitLab && random.chance(0.1) ? "!" : "") + (random.chance(0.3) ? "/" : "")
        + (0..<random.number(in: 1...3)).compactMap { _ in random.pick(parts) }.joined(separator: "/")
        + (random.chance(0.3) ? "/" : "") + " @o"
    }
    let file = CodeOwnersParser(dialect: dialect).parse(lines.joined(separator: "\n"))
    let shadowed = Set(
      CodeOwnersLint.findings(in: file).filter { $0.rule == .shadowedRule || $0.rule == .duplicatePattern }.map(\.line))
    let names = ["a", "b", "ab", "aab", "axb", "c", "ba"]
    for _ in 0..<400 {
      let path = (0..<random.number(in: 1...4)).compactMap { _ in random.pick(names) }.joined(separator: "/")
      for line in file.decisions(for: path).map(\.rule.line) {
        #expect(!shadowed.contains(line), "\(path): \(lines[line - 1])")
      }
    }
  }

  @Test(arguments: 0..<20) func `findings about use are those of trying every rule on every path`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    let file = CodeOwnersParser().parse(repository.text)
    let idle = Set(
      findings(repository.text, paths: repository.paths)
        .filter { [.shadowedRule, .deadRule, .duplicatePattern].contains($0.rule) }.map(\.line))
    let deciding = Set(repository.paths.compactMap { file.rule(for: $0)?.line })
    #expect(idle == Set(file.rules.map(\.line)).subtracting(deciding))
  }

  @Test func `findings are the same whatever the order of paths and errors`() {
    let text = "/a/ @x\n/gone/ @y @y\n!z\n"
    let paths = ["a/b", "a/c", "docs/CODEOWNERS", "CODEOWNERS"]
    let errors = [1, 2, 3].map { CodeOwnersError(line: $0, column: 1, kind: "New", suggestion: nil) }
    let one = findings(text, path: "CODEOWNERS", paths: paths, hostErrors: errors)
    #expect(one == findings(text, path: "CODEOWNERS", paths: paths.reversed(), hostErrors: errors.reversed()))
    #expect(one.count == 7)
  }
}
