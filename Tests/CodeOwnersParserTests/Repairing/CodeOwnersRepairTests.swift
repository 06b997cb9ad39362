import KoalrCodeOwnersParser
import KoalrTesting
import Testing

struct CodeOwnersRepairTests {
  private func repair(
    _ text: String, _ paths: [String], _ suggestions: [OwnerSuggestion] = [], removesDeadRules: Bool = true
  ) -> CodeOwnersRepair {
    CodeOwnersRepair(
      of: CodeOwnersParser().parse(text), paths: paths, suggestions: suggestions, removesDeadRules: removesDeadRules)
  }

  @Test func `dead rules go and every other byte stays`() {
    let text = "# head\r\n*.md   @ann # docs\r\n\r\n/gone/ @ben # old\r\n\t/api/\t@eve\r\n!bad\r\n/also-gone"
    let result = repair(text, ["a.md", "api/x"])
    #expect(result.file.text == "# head\r\n*.md   @ann # docs\r\n\r\n\t/api/\t@eve\r\n!bad\r\n")
    #expect(result.effect.keepsOwners)
    #expect(result.effect.rules.map(\.kind) == [.removed, .removed])
    #expect(repair(text, ["a.md", "api/x"], removesDeadRules: false).file.text == text)
  }

  struct Drift: CustomTestStringConvertible, Sendable {
    var line: String
    var repaired: String
    var testDescription: String { line }
  }

  @Test(arguments: [
    Drift(line: "/api/ @old", repaired: "/api/ @ann @acme/api"),
    Drift(line: "  /api/\t\t@old   @older\t# why @old", repaired: "  /api/\t\t@ann @acme/api\t# why @old"),
    Drift(line: "/api/ @old#why", repaired: "/api/ @ann @acme/api#why"),
    Drift(line: "/api/ # nobody", repaired: "/api/ @ann @acme/api # nobody"),
    Drift(line: "/api/", repaired: "/api/ @ann @acme/api"),
    Drift(line: "/api/ @old\r", repaired: "/api/ @ann @acme/api\r"),
  ]) func `owners are replaced in their place`(_ drift: Drift) {
    let result = repair(
      "* @all\n\(drift.line)\n", ["api/a", "b"], [OwnerSuggestion(.rule(line: 2), owners: [.user("@ann"), .team("@acme/api")])])
    #expect(result.file.text == "* @all\n\(drift.repaired)\n")
    #expect(result.effect.paths == ["api/a"])
    #expect(result.unmet.isEmpty)
  }

  @Test func `a gap is closed by a folder where all of it is meant, else by files`() {
    let paths = ["api/a", "api/b/c", "web/a", "web/b", "new/x/1", "new/x/2", "new/y", "q r.txt"]
    let suggestions = [
      OwnerSuggestion(.paths(["new/x/1", "new/x/2", "web/b"]), owners: [.user("@eve")]),
      OwnerSuggestion(.paths(["q r.txt"]), owners: [.email("kim@example.org")]),
    ]
    let result = repair("/api/ @ann", paths, suggestions)
    #expect(
      result.file.text
        == "/api/ @ann\n/new/x/ @eve\n/web/b @eve\n/q\\ r.txt kim@example.org\n")
    #expect(result.effect.paths == ["new/x/1", "new/x/2", "q r.txt", "web/b"])
    #expect(repair("", ["a", "b/c"], [OwnerSuggestion(.paths(["a", "b/c"]), owners: [.user("@eve")])]).file.text == "* @eve\n")
  }

  @Test(arguments: [
    "#a", "x#y", "a b", " a", "a ", "a*", "a?b", "[a]", "a\\b", "!a", "a\tb", "a\nb", "été", "{a,b}", "日/本 語.md", "@a",
  ])
  func `a file of any name gets a rule of its own`(path: String) {
    let paths = [path, "other", "abc/other"]
    let result = repair("*.none", paths, [OwnerSuggestion(.paths([path]), owners: [.user("@eve")])])
    #expect(result.unmet.isEmpty)
    #expect(result.effect.paths == [path])
    #expect(result.file.owners(of: path).owners == [.user("@eve")])
    #expect(result.file.diagnostics.isEmpty)
  }

  @Test func `what cannot be done is said`() {
    let paths = ["a#b", "axb", "api/a"]
    let eve = [Owner.user("@eve")]
    let result = repair(
      "/api/ @ann\n/gone/ @ann\n", paths,
      [
        OwnerSuggestion(.paths(["a#b"]), owners: eve),
        OwnerSuggestion(.paths(["missing"]), owners: eve),
        OwnerSuggestion(.rule(line: 2), owners: eve),
        OwnerSuggestion(.rule(line: 9), owners: eve),
        OwnerSuggestion(.rule(line: 1), owners: []),
        OwnerSuggestion(.rule(line: 1), owners: [.user("@e e")]),
        OwnerSuggestion(.rule(line: 1), owners: eve),
        OwnerSuggestion(.rule(line: 1), owners: [.user("@kim")]),
      ])
    #expect(
      result.unmet.map(\.reason) == [
        "no pattern matches these files alone",
        "not a file of the repository, or an earlier suggestion is about it",
        "line 2 matches no file, or is changed by an earlier suggestion",
        "line 9 is not a rule with owners",
        "an owner cannot be written into the file, or none is named",
        "an owner cannot be written into the file, or none is named",
        "line 1 matches no file, or is changed by an earlier suggestion",
      ])
    #expect(result.unmet.map(\.paths) == [["a#b"], ["missing"], [], [], [], [], []])
    #expect(result.file.text == "/api/ @eve\n")
  }

  @Test(arguments: [
    ("*.md @ann\n\n# The documents\n[Docs] @eve\ndocs/\n", "*.md @ann\n/new/ @kim\n\n# The documents\n[Docs] @eve\ndocs/\n"),
    ("# Owners\n\n# The documents\n[Docs] @eve\ndocs/\n", "# Owners\n\n/new/ @kim\n# The documents\n[Docs] @eve\ndocs/\n"),
    ("[Docs] @eve\ndocs/\ngone/", "/new/ @kim\n[Docs] @eve\ndocs/\n"),
    ("*.md @ann\ndocs/ @eve", "*.md @ann\ndocs/ @eve\n/new/ @kim\n"),
  ]) func `a new rule of GitLab's belongs to no section`(text: String, repaired: String) {
    let file = CodeOwnersParser(dialect: .gitLab).parse(text)
    let result = CodeOwnersRepair(
      of: file, paths: ["a.md", "docs/b", "new/c"], suggestions: [OwnerSuggestion(.paths(["new/c"]), owners: [.user("@kim")])])
    #expect(result.file.text == repaired)
    #expect(result.effect.paths == ["new/c"] && result.unmet.isEmpty)
  }

  @Test func `a rule that matches nothing stays where its section would ask for less without it`() {
    let text = "^[Docs]\ndocs/ @eve\n[Docs]\ngone/ @eve\n"
    let result = CodeOwnersRepair(of: CodeOwnersParser(dialect: .gitLab).parse(text), paths: ["docs/a"])
    #expect(result.file.text == text && result.keptDeadRules.map(\.line) == [4])
    let file = CodeOwnersParser(dialect: .gitLab).parse("[Docs]\ndocs/ @eve\ngone/ @eve\n!none/\n")
    #expect(CodeOwnersRepair(of: file, paths: ["docs/a"]).file.text == "[Docs]\ndocs/ @eve\n")
  }

  @Test func `what a section excludes it keeps out, and the repair says so`() {
    let file = CodeOwnersParser(dialect: .gitLab).parse("*.md @ann\n!new/\n")
    let suggestion = OwnerSuggestion(.paths(["new/c"]), owners: [.user("@kim")])
    let result = CodeOwnersRepair(of: file, paths: ["a.md", "new/c"], suggestions: [suggestion])
    #expect(result.unmet.map(\.suggestion) == [suggestion] && result.unmet.map(\.paths) == [["new/c"]])
    #expect(result.unmet.map(\.reason) == ["another line of the file still decides"])
    #expect(result.file.text == file.text)
  }

  @Test(arguments: 0..<60) func `a repair in GitLab's dialect touches no other file`(seed: UInt64) {
    var random = SeededGenerator(seed: 500 + seed)
    let repository = RandomRepository(&random, rules: 0...25, dialect: .gitLab)
    let file = CodeOwnersParser(dialect: .gitLab).parse(repository.text)
    let gaps = repository.paths.filter { file.decisions(for: $0).isEmpty }
    let line = random.pick(file.rules.filter { !$0.isExclusion }.map(\.line)) ?? 0
    let result = CodeOwnersRepair(
      of: file, paths: repository.paths,
      suggestions: [
        OwnerSuggestion(.paths(gaps), owners: [.user("@new")]), OwnerSuggestion(.rule(line: line), owners: [.role("@@owner")]),
      ])
    let drifted = repository.paths.filter { file.decisions(for: $0).contains { $0.rule.line == line } }
    #expect(Set(result.effect.paths).isSubset(of: Set(gaps + drifted)))
    let unmet = Set(result.unmet.flatMap(\.paths))
    #expect(gaps.allSatisfy { result.file.owners(of: $0).owners == [.user("@new")] || unmet.contains($0) })
    #expect(drifted.allSatisfy { path in result.file.decisions(for: path).contains { $0.owners == [.role("@@owner")] } })
  }

  @Test(arguments: 0..<60) func `a repaired file has no dead rules and no gaps, and no other file changes owner`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let repository = RandomRepository(&random)
    let file = CodeOwnersParser().parse(repository.text)
    let gaps = repository.paths.filter { file.owners(of: $0).owners.isEmpty }
    let (first, second) = (Array(gaps.prefix(gaps.count / 2)), Array(gaps.suffix(gaps.count - gaps.count / 2)))
    let drifting = random.draw(2, of: file.rules.map(\.line))
    let suggestions =
      [OwnerSuggestion(.paths(first), owners: [.user("@new")]), OwnerSuggestion(.paths(second), owners: [.team("@acme/new")])]
      + drifting.map { OwnerSuggestion(.rule(line: $0), owners: [.user("@drift")]) }
    let result = CodeOwnersRepair(of: file, paths: repository.paths, suggestions: suggestions)
    let repaired = result.file
    #expect(repository.paths.allSatisfy { !repaired.owners(of: $0).owners.isEmpty })
    #expect(!repaired.rules.contains { rule in !repository.paths.contains { repaired.matches(of: $0).contains(rule) } })
    let meant = Set(gaps).union(
      repository.paths.filter { path in file.rule(for: path).map { drifting.contains($0.line) } ?? false })
    #expect(Set(result.effect.paths).isSubset(of: meant))
    #expect(first.allSatisfy { repaired.owners(of: $0).owners == [.user("@new")] })
    let again = CodeOwnersRepair(of: repaired, paths: repository.paths)
    #expect(again.file.text == repaired.text && again.diff(path: "CODEOWNERS").bytes.isEmpty)
  }
}
