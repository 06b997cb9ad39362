import KoalrCodeOwnersParser
import Testing

struct BitbucketTests {
  private func parse(_ text: String) -> CodeOwnersFile { CodeOwnersParser(dialect: .bitbucket).parse(text) }

  @Test(arguments: [
    ("@alice", Owner.user("@alice")), ("@a.b-c_d", .user("@a.b-c_d")), ("a@b.cc", .email("a@b.cc")),
    ("@acme/web", .team("@acme/web")), ("@acme/web.ui", .team("@acme/web.ui")),
  ])
  func `an owner is a user, a group or an address`(word: String, owner: Owner) {
    let file = parse("* \(word)")
    #expect(file.rules.first?.owners == [owner])
    #expect(file.rules.first?.owners.first?.text == word)
    #expect(owner.selection == nil && owner.withoutSelection == owner)
    #expect(file.diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("@acme/web:all", ReviewerSelection.all), ("@acme/web:random(2)", .random(2)), ("@acme/web:least_busy(1)", .leastBusy(1)),
  ])
  func `a group says how many of it are asked`(word: String, selection: ReviewerSelection) throws {
    let owner = try #require(parse("* \(word)").owners(of: "x").owners.first)
    #expect(owner.text == word)
    #expect(owner.selection == selection)
    #expect(owner.withoutSelection == .team("@acme/web"))
  }

  @Test(arguments: [
    "alice", "@", "@acme/", "@a/b/c", "@@owner", "@alice:all", "@acme/web:", "@acme/web:any", "@acme/web:random",
    "@acme/web:random()",
    "@acme/web:random(0)", "@acme/web:random(-1)", "@acme/web:random(x)", "@acme/web:least_busy(99999999999999999999)",
    "@acme/web:all:all", "@acme/web:all(1)",
  ])
  func `a line with a word that is no owner counts for nothing`(word: String) {
    let file = parse("* @z\n/x @y \(word)\n")
    #expect(file.owners(of: "x") == .owned([.user("@z")], line: 1))
    #expect(file.lines.map(\.content) == [.rule(0), .skipped])
    #expect(file.diagnostics.map(\.kind) == [.invalidOwner])
    #expect(file.diagnostics.first?.line == 2 && file.diagnostics.first?.column == 7)
    #expect(file.diagnostics.first?.advice?.isEmpty == false)
  }

  @Test(arguments: ["\\#x @a", "!x @a", "[ab] @a", "x[a-z] @a", "x] @a"])
  func `what gitignore has and the host has not is skipped`(line: String) {
    let file = parse("\(line)\n* @b\n")
    #expect(file.rules.map(\.line) == [2])
    #expect(file.diagnostics.map(\.kind) == [.invalidPattern])
    #expect(file.diagnostics.first?.effect == .lineSkipped)
  }

  @Test func `a comment stands anywhere on a line`() {
    let file = parse("# all\n* @a # and @b\n/docs/ @c#d\n")
    #expect(file.lines.map(\.content) == [.comment, .rule(0), .rule(1)])
    #expect(file.owners(of: "x") == .owned([.user("@a")], line: 2))
    #expect(file.owners(of: "docs/x") == .owned([.user("@c")], line: 3))
    #expect(file.rules.first?.comment == " and @b")
  }

  @Test func `the last rule that matches decides, and what it decides is a proposal`() {
    let file = parse("* @a\n*.md @b @acme/web:random(1)\n/gen/\n")
    #expect(file.owners(of: "x.md") == .owned([.user("@b"), .team("@acme/web:random(1)")], line: 2))
    #expect(file.owners(of: "gen/x.md") == .unowned(line: 3))
    #expect(file.sections.isEmpty)
    let decision = file.decisions(for: "x.md").first
    #expect(decision?.section == nil && decision?.approvals == 1 && decision?.isOptional == true)
  }

  @Test(arguments: [
    ("lib/core", "lib/core/x", true), ("lib/core", "y/lib/core", false), ("docs/*", "docs/a/b", false),
    ("*.js", "dir.js/x", true),
    ("/**/gen/", "a/gen/x", true), ("Make", "make", false),
  ])
  func `a pattern matches as gitignore's do`(pattern: String, path: String, matches: Bool) {
    #expect((parse("\(pattern) @a").rule(for: path) != nil) == matches)
  }

  @Test func `it says its name and where its file lies`() {
    #expect(CodeOwnersParser.Dialect.bitbucket.description == "Bitbucket")
    #expect(CodeOwnersParser.Dialect.bitbucket.locations == [".bitbucket/CODEOWNERS"])
  }
}
