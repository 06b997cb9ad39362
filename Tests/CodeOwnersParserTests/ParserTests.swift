import KoalrCodeOwnersParser
import Testing

struct ParserTests {
  private func parse(_ text: String) -> CodeOwnersFile { CodeOwnersParser(dialect: .gitHub).parse(text) }

  @Test func `owners are users, teams and addresses, with their exact text`() {
    let rule = parse("f\t@Octo-Cat  @acme/Core_1 a.b+c@mail.example.museum # why\n").rules.first
    #expect(rule?.owners == [.user("@octo-cat"), .team("@acme/core_1"), .email("A.b+c@mail.example.museum")])
    #expect(rule?.owners.map(\.text) == ["@Octo-Cat", "@acme/Core_1", "a.b+c@mail.example.museum"])
    #expect(rule?.owners.first.map { "\($0)" } == "@Octo-Cat")
  }

  @Test func `owners are compared without regard to case`() {
    #expect(Owner.user("@Octo") == .user("@oCTO"))
    #expect(Set([Owner.team("@A/b"), .team("@a/B")]).count == 1)
    #expect(Owner.user("@octo") != .user("@octa"))
  }

  struct BadLine: CustomTestStringConvertible, Sendable {
    var line: String
    var diagnostic: String
    var testDescription: String { line }
  }

  @Test(arguments: [
    BadLine(line: "!keep @a", diagnostic: "line 2, column 1: a pattern cannot start with \"!\""),
    BadLine(line: "  \\#odd @a", diagnostic: "line 2, column 3: a pattern cannot start with an escaped \"#\""),
    BadLine(line: "x/[ab].c @a", diagnostic: "line 2, column 3: both \"[\" and \"]\" must be escaped with \"\\\""),
    BadLine(line: "***/x @a", diagnostic: "line 2, column 1: \"***\" has no meaning; did you mean \"**\"?"),
    BadLine(line: "a*** @a", diagnostic: "line 2, column 2: \"***\" has no meaning; did you mean \"**\"?"),
    BadLine(line: "x\\", diagnostic: "line 2, column 2: \"\\\" at the end escapes nothing"),
    BadLine(line: "* @a team", diagnostic: "line 2, column 6: \"team\" is not an owner: @user, @organisation/team or an address"),
    BadLine(line: "* docs@", diagnostic: "line 2, column 3: \"docs@\" is not an owner: @user, @organisation/team or an address"),
    BadLine(line: "* @a@b", diagnostic: "line 2, column 3: \"@a@b\" is not an owner: @user, @organisation/team or an address"),
    BadLine(
      line: "* @o_o/t", diagnostic: "line 2, column 3: \"@o_o/t\" is not an owner: @user, @organisation/team or an address"),
    BadLine(line: "* @/t", diagnostic: "line 2, column 3: \"@/t\" is not an owner: @user, @organisation/team or an address"),
    BadLine(
      line: "* @o/t/u", diagnostic: "line 2, column 3: \"@o/t/u\" is not an owner: @user, @organisation/team or an address"),
  ]) func `a bad line is skipped with its reason and the others keep working`(_ bad: BadLine) {
    let file = parse("* @first\n\(bad.line)\n*.z @last\n")
    #expect(file.diagnostics.map(\.description) == [bad.diagnostic])
    #expect(file.diagnostics.first?.effect == .lineSkipped)
    #expect(file.rules.map(\.line) == [1, 3])
    #expect(file.owners(of: "keep") == .owned([.user("@first")], line: 1))
  }

  @Test(arguments: [
    ("/ @a", "line 1, column 1: the pattern \"/\" never matches; did you mean \"*\"?"),
    ("a//b @a", "line 1, column 1: the pattern never matches a path"),
    ("@acme/api", "line 1, column 1: an owner stands where a pattern belongs, so this is a rule without owners"),
  ]) func `a doubtful line counts and is noted`(line: String, diagnostic: String) {
    let file = parse(line)
    #expect(file.rules.count == 1)
    #expect(file.diagnostics.map(\.description) == [diagnostic])
    #expect(file.diagnostics.first?.effect == .note)
  }

  @Test func `comments and blank lines say nothing`() {
    let file = parse("# c\n\n \t\n   # d\n*.a @x # tail\n*.b @y#tail\n*.c#@z\n")
    #expect(file.diagnostics.isEmpty)
    #expect(file.rules.map(\.line) == [5, 6, 7])
    #expect(file.owners(of: "q.b") == .owned([.user("@y")], line: 6))
    #expect(file.owners(of: "q.c") == .unowned(line: 7))
  }

  @Test func `carriage returns and a byte order mark do no harm`() {
    let file = parse("\u{FEFF}*.a @x\r\n\r\n/b/ @y\r\n/c")
    #expect(file.owners(of: "q.a") == .owned([.user("@x")], line: 1))
    #expect(file.owners(of: "b/c") == .owned([.user("@y")], line: 3))
    #expect(file.owners(of: "c") == .unowned(line: 4))
    #expect(file.diagnostics.map(\.effect) == [.note])
  }

  @Test func `an escaped space at the end belongs to the pattern`() {
    let file = parse("a\\  @x\n")
    #expect(file.owners(of: "a ") == .owned([.user("@x")], line: 1))
    #expect(file.owners(of: "a") == .noRule)
  }

  @Test func `a file above the limit is not read, one just below it is noted`() {
    let line = "# " + String(repeating: "x", count: 997) + "\n"
    let large = parse("* @a\n" + String(repeating: line, count: 3_010))
    #expect(large.rules.count == 1)
    #expect(large.diagnostics.map(\.effect) == [.note])
    let tooLarge = parse("* @a\n" + String(repeating: line, count: 3_200))
    #expect(tooLarge.rules.isEmpty)
    #expect(tooLarge.diagnostics.map(\.effect) == [.fileSkipped])
    #expect(tooLarge.owners(of: "a") == .noRule)
  }

  @Test func `a pattern longer than any path is skipped`() {
    let file = parse(String(repeating: "a", count: CodeOwnersParser.maximumPatternBytes + 1) + " @a\n* @b\n")
    #expect(file.rules.map(\.line) == [2])
    #expect(file.diagnostics.map(\.effect) == [.lineSkipped])
  }

  @Test func `diagnostics have a limit and say so`() {
    let file = parse(String(repeating: "!x\n", count: CodeOwnersParser.maximumDiagnostics + 5))
    #expect(file.diagnostics.count == CodeOwnersParser.maximumDiagnostics)
    #expect(file.diagnostics.last?.reason.contains("there may be more") == true)
  }
}
