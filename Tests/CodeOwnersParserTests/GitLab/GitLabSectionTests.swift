import KoalrCodeOwnersParser
import Testing

struct GitLabSectionTests {
  private func parse(_ text: String) -> CodeOwnersFile { CodeOwnersParser(dialect: .gitLab).parse(text) }

  struct Header: CustomTestStringConvertible, Sendable {
    var text: String
    var name: String
    var isOptional = false
    var approvals = 1
    var owners: [Owner] = []
    var kinds: [CodeOwnersDiagnostic.Kind] = []
    var testDescription: String { text }
  }

  static let headers: [Header] = [
    Header(text: "[Docs]", name: "Docs"),
    Header(text: "  [Docs]\t\r", name: "Docs"),
    Header(text: "^[Docs]", name: "Docs", isOptional: true),
    Header(text: "[Docs][2]", name: "Docs", approvals: 2),
    Header(text: "[Docs][]", name: "Docs"),
    Header(text: "[Docs][0]", name: "Docs", kinds: [.noApprovals]),
    Header(text: "[Docs][999999999999999999999999]", name: "Docs", approvals: 1_000_000),
    Header(text: "^[Docs][2]", name: "Docs", isOptional: true, approvals: 2, kinds: [.invalidApprovalRequirement]),
    Header(text: "[Two words] @a", name: "Two words", owners: [.user("@a")]),
    Header(
      text: "^[Docs][3] @a @b/c/d @@maintainers x@y.zz", name: "Docs", isOptional: true, approvals: 3,
      owners: [.user("@a"), .team("@b/c/d"), .role("@@maintainers"), .email("x@y.zz")], kinds: [.invalidApprovalRequirement]),
    Header(text: "[Docs] @a b c @d", name: "Docs", owners: [.user("@a"), .user("@d")], kinds: [.invalidSectionOwnerFormat]),
    Header(text: "[Docs] # @a", name: "Docs", owners: [.user("@a")], kinds: [.invalidSectionOwnerFormat]),
    Header(text: "[]", name: "", kinds: [.missingSectionName]),
    Header(text: "[ ] @a", name: " ", owners: [.user("@a")], kinds: [.missingSectionName]),
    Header(text: "[Docs][two] @a", name: "Docs", kinds: [.ignoredText]),
    Header(text: "[Docs][-1]", name: "Docs", kinds: [.ignoredText]),
    Header(text: "[Docs]@a", name: "Docs", kinds: [.ignoredText]),
    Header(text: "[a[b] @a", name: "a[b", owners: [.user("@a")]),
  ]

  @Test(arguments: headers) func `a header says what its section is`(_ header: Header) {
    let file = parse("\(header.text)\n*.md @z\n")
    #expect(
      file.sections == [
        CodeOwnersSection(
          name: header.name, line: 1, isOptional: header.isOptional, approvals: header.approvals, defaultOwners: header.owners)
      ])
    #expect(file.lines.map(\.content) == [.section(0), .rule(0)])
    #expect(file.diagnostics.map(\.kind) == header.kinds)
    #expect(file.diagnostics.allSatisfy { $0.line == 1 && $0.effect == .note && $0.advice != nil })
    #expect(file.rules.map(\.section) == [0])
  }

  @Test(arguments: [
    ("[Docs", 1), ("^[Docs", 1), ("  [Docs @a", 3), ("[", 1), ("^[", 1),
  ])
  func `a header that is never closed is a rule that matches nothing`(text: String, column: Int) {
    let file = parse("[A]\n\(text)\n/x @b\n")
    #expect(file.sections.map(\.name) == ["A"])
    #expect(file.lines.map(\.content) == [.section(0), .rule(0), .rule(1)])
    #expect(file.diagnostics.map(\.kind) == [.invalidSectionFormat])
    #expect(file.diagnostics.first?.line == 2 && file.diagnostics.first?.column == column)
    #expect(file.decisions(for: "x").map(\.rule.line) == [3])
  }

  @Test func `what is wrong is said with its place and how to mend it`() {
    let file = parse(
      """
      * of docs/a @a
      *.a @b c
      *.b @b # see @c
      *.c
      !
      x[ab @a
      @a
      *.d [x
      """)
    let places = file.diagnostics.map { "\($0.kind.rawValue) \($0.line):\($0.column) \($0.effect)" }
    #expect(
      places == [
        "invalid_entry_owner_format 1:3 note", "malformed_entry_owner 2:8 note", "malformed_entry_owner 3:8 note",
        "missing_entry_owner 4:1 note", "invalid-pattern 5:1 lineSkipped", "never-matches 6:1 note", "owner-as-pattern 7:1 note",
        "missing_entry_owner 7:1 note", "malformed_entry_owner 8:5 note",
      ])
    #expect(file.diagnostics.allSatisfy { $0.advice != nil })
    #expect(file.owners(of: "q.b").owners == [.user("@b"), .user("@c")])
    #expect(file.lines.map(\.content) == [.rule(0), .rule(1), .rule(2), .rule(3), .skipped, .rule(4), .rule(5), .rule(6)])
  }

  @Test func `every section decides for itself, in the order of the file`() {
    let file = parse("* @all\n[Docs]\n*.md @docs\n[Legal]\nterms.md @legal @all\n")
    #expect(file.sections.map(\.name) == ["codeowners", "Docs", "Legal"])
    #expect(file.decisions(for: "terms.md").map { $0.section?.name } == ["codeowners", "Docs", "Legal"])
    #expect(file.decisions(for: "terms.md").map(\.rule.line) == [1, 3, 5])
    #expect(file.owners(of: "terms.md") == .owned([.user("@all"), .user("@docs"), .user("@legal")], line: 1))
    #expect(file.rule(for: "terms.md")?.line == 1)
    #expect(file.decisions(for: "x").map { $0.section?.name } == ["codeowners"])
  }

  @Test func `the last rule of a section decides, and says what it shadowed`() {
    let file = parse("[A]\n* @a\n*.md @b\n[B]\n*.md @c\n")
    let parts = file.explanation(of: "x.md").parts
    #expect(parts.map(\.decision.rule.line) == [3, 5])
    #expect(parts.map { $0.shadowed.map(\.line) } == [[2], []])
    #expect(file.matches(of: "x.md").map(\.line) == [2, 3, 5])
  }

  @Test func `a rule that lost names those of its header where it names nobody`() {
    let part = parse("[A] @a\n*\n/x/\n*.md @b\n").explanation(of: "x/y.md").parts.first
    #expect(part?.shadowedOwners == [[.user("@a")], [.user("@a")]])
    #expect(part?.description == "[A] line 4 \"*.md\" (@b), before line 3 \"/x/\" (@a), line 2 \"*\" (@a)")
  }

  @Test func `sections of one name are one, whatever the case, and each header keeps its terms`() {
    let file = parse("[Docs][2] @a\n*.md\n[Other]\n* @o\n^[DOCS] @b\n*.txt\n")
    #expect(file.sections.map(\.name) == ["Docs", "Other"])
    #expect(file.rules.map(\.section) == [0, 1, 0])
    #expect(file.lines.map(\.content) == [.section(0), .rule(0), .section(1), .rule(1), .section(0), .rule(2)])
    let (markdown, text) = (file.decisions(for: "x.md").first, file.decisions(for: "x.txt").first)
    #expect(markdown?.owners == [.user("@a")] && markdown?.approvals == 2)
    #expect(text?.owners == [.user("@b")] && text?.approvals == 1)
    #expect(markdown?.isOptional == false && text?.isOptional == false)
  }

  @Test(arguments: [
    ("^[A]\n* @a\n^[a]\nx @b\n", true), ("^[A]\n* @a\n[a]\nx @b\n", false), ("[A]\n* @a\n^[a]\nx @b\n", false),
    ("^[A]\n* @a\n[a]\n", true), ("[A]\n^[a]\n* @a\n", true),
  ])
  func `a section is optional when all of its rules are`(text: String, isOptional: Bool) {
    let file = parse(text)
    #expect(file.sections.map(\.isOptional) == [isOptional])
    #expect(file.decisions(for: "x").map(\.isOptional) == [isOptional])
  }

  @Test func `a header of the default section's name goes on with it`() {
    let file = parse("*.md @a\n[CodeOwners][2] @d\n*.txt\n")
    #expect(file.sections.map(\.name) == ["codeowners"])
    #expect(file.sections.map(\.line) == [1])
    #expect(file.decisions(for: "x.txt").first?.owners == [.user("@d")])
    #expect(file.decisions(for: "x.txt").first?.approvals == 2)
    #expect(file.decisions(for: "x.md").first?.approvals == 1)
  }

  @Test func `default owners own what names nobody, and nothing else`() {
    let file = parse("[A] @d\n*.md\n*.txt @t\n*.rb typo\n")
    #expect(file.owners(of: "x.md") == .owned([.user("@d")], line: 2))
    #expect(file.rules.first?.owners == [])
    #expect(file.owners(of: "x.txt") == .owned([.user("@t")], line: 3))
    #expect(file.owners(of: "x.rb") == .unowned(line: 4))
    #expect(file.diagnostics.map(\.kind) == [.malformedEntryOwner])
  }

  @Test func `an exclusion leaves out wherever it stands, in its section only`() {
    let file = parse("[A]\n!/gen/\n* @a\n/gen/keep @a\n[B]\n* @b\n!*.sum @x\n")
    #expect(file.decisions(for: "gen/keep").map { $0.section?.name } == ["B"])
    #expect(file.decisions(for: "go.sum").map { $0.section?.name } == ["A"])
    #expect(file.owners(of: "gen/go.sum") == .noRule)
    #expect(file.rules.map(\.isExclusion) == [true, false, false, false, true])
    #expect(file.rules.first?.pattern == "/gen/")
    #expect(file.rules.last?.owners == [])
    #expect(file.diagnostics.isEmpty)
    #expect(file.matches(of: "gen/keep").map(\.line) == [2, 3, 4, 6])
  }

  @Test func `a repeated pattern takes the place of the first`() {
    let file = parse("*.md @a\n/docs/ @b\n*.md @c\n/**/*.md @d\n")
    #expect(file.decisions(for: "x.md").map(\.rule.line) == [4])
    #expect(file.decisions(for: "docs/x.md").map(\.rule.line) == [2])
    #expect(file.matches(of: "docs/x.md").map(\.line) == [1, 2, 3, 4])
    #expect(file.explanation(of: "x.md").parts.first?.shadowed.map(\.line) == [3, 1])
    #expect(file.rules.count == 4)
  }

  @Test func `a repeated pattern in another section is another rule`() {
    let file = parse("[A]\n*.md @a\n* @b\n[B]\n*.md @c\n")
    #expect(file.decisions(for: "x.md").map(\.rule.line) == [3, 5])
  }

  @Test func `twenty thousand sections are a file like any other`() {
    let file = parse(
      (0..<20_000).map { "[Section \($0)][\($0 % 3)] @team\($0)\n/src/dir\($0)/\n!*.md\n" }.joined() + "[Last]\n* @z\n")
    #expect(file.sections.count == 20_001)
    #expect(file.owners(of: "src/dir7000/a/b.c") == .owned([.user("@team7000"), .user("@z")], line: 21_002))
    #expect(file.decisions(for: "src/dir7001/a/b.c").map(\.approvals) == [2, 1])
    #expect(file.decisions(for: "src/dir7000/b.md").map { $0.section?.name } == ["Last"])
    #expect(file.decisions(for: "other").map(\.rule.line) == [60_002])
  }

  @Test func `a limit of GitHub's is none of GitLab's`() {
    let remark = "# " + String(repeating: "x", count: 1_000_000) + "\n"
    let file = parse(String(repeating: remark, count: 4) + "* @a\n")
    #expect(file.owners(of: "x").line == 5)
    #expect(file.diagnostics.isEmpty)
  }

  @Test func `a pattern longer than any path is skipped`() {
    let file = parse(String(repeating: "a", count: CodeOwnersParser.maximumPatternBytes + 1) + " @a\n* @b\n")
    #expect(file.rules.map(\.line) == [2])
    #expect(file.diagnostics.map(\.effect) == [.lineSkipped])
  }

  @Test(arguments: [
    ("@a", Owner.user("@a")), ("@a.b-c_d", .user("@a.b-c_d")), ("@a/b", .team("@a/b")), ("@a/b.c/d_e", .team("@a/b.c/d_e")),
    ("x@y.zz", .email("x@y.zz")), ("@@developer", .role("@@developer")), ("@@Maintainers", .role("@@Maintainers")),
    ("@@owner", .role("@@owner")),
  ])
  func `an owner is a user, a group, a role or an address`(word: String, owner: Owner) {
    let file = parse("* \(word)")
    #expect(file.rules.first?.owners == [owner])
    #expect(file.diagnostics.isEmpty)
  }

  @Test(arguments: ["a", "@", "@a/", "@/a", "@a//b", "@@", "@@guest", "@a@b", "@a,@b", "a@b", "@ä", "<@a>"])
  func `a word that is no owner is left out`(word: String) {
    let file = parse("* \(word) @z")
    #expect(file.rules.first?.owners == [.user("@z")])
    #expect(file.diagnostics.map(\.column) == [3])
  }
}
