import KoalrCodeOwnersParser
import Testing

struct DialectTests {
  typealias Dialect = CodeOwnersParser.Dialect

  @Test(arguments: [
    (".github/CODEOWNERS", Dialect.gitHub), (".gitlab/CODEOWNERS", .gitLab), (".bitbucket/CODEOWNERS", .bitbucket),
    ("./.gitlab/CODEOWNERS", .gitLab), ("/checkout/shop/.bitbucket/CODEOWNERS", .bitbucket),
  ])
  func `the folder decides before what is written in it`(path: String, dialect: Dialect) {
    for text in ["", "* @a", "[Docs]\n* @@owner", "* @acme/web:all"] {
      #expect(Dialect.detected(path: path, bytes: Array(text.utf8)) == dialect)
    }
  }

  @Test(arguments: [
    ("", Dialect.gitHub), ("* @a\n/x @acme/web b@c.dd\n", .gitHub),
    ("[Docs]\n", .gitLab), ("* @a\n  ^[Docs][2] @b\r\n", .gitLab), ("[Docs] @a\n", .gitLab), ("\u{FEFF}[Docs]\n", .gitLab),
    ("* @@maintainers\n", .gitLab), ("* @a @b/c/d\n", .gitLab),
    ("* @acme/web:random(2)\n", .bitbucket), ("* @acme/web:all\n", .bitbucket),
    ("*.a @b\n* @acme/web:least_busy(1) @c", .bitbucket),
    // Signs that are remarks, patterns, or not whole.
    ("# [Docs]\n* @a # @@owner\n", .gitHub), ("@@owner @a\n", .gitHub), ("[Docs\n", .gitHub), ("[ab].txt @a\n", .gitHub),
    ("[]\n", .gitHub), ("[Docs] some words\n", .gitHub), ("!x @a\n", .gitHub), ("* @@guest\n", .gitHub), ("* @a/b/\n", .gitHub),
    ("* @acme/web:first(2)\n", .gitHub), ("* @alice:all\n", .gitHub),
    // The first sign decides.
    ("[Docs]\n* @acme/web:all\n", .gitLab), ("* @acme/web:all\n[Docs]\n", .bitbucket),
  ])
  func `elsewhere the first sign in the text decides`(text: String, dialect: Dialect) {
    for path in [nil, "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/docs/CODEOWNERS"] {
      #expect(Dialect.detected(path: path, bytes: Array(text.utf8)) == dialect, "\(path ?? "no path")")
    }
  }

  @Test func `the folder can be asked alone`() {
    #expect(Dialect.ofFolder(around: "a/.gitlab/CODEOWNERS") == .gitLab)
    #expect(["CODEOWNERS", "", "docs/CODEOWNERS", ".gitlab"].allSatisfy { Dialect.ofFolder(around: $0) == nil })
  }

  @Test func `GitHub and GitLab look in three places`() {
    #expect(Dialect.gitHub.locations == [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"])
    #expect(Dialect.gitLab.locations == ["CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"])
    #expect("\(Dialect.gitHub) \(Dialect.gitLab)" == "GitHub GitLab")
  }

  @Test(arguments: [Dialect.gitHub, .gitLab, .bitbucket]) func `a file begins in the same way everywhere`(dialect: Dialect) {
    let text = "\u{FEFF}*.a @x\r\n\r\n \t\n# remark\r\n/b/* @y"
    let file = CodeOwnersParser(dialect: dialect).parse(text)
    #expect(file.dialect == dialect)
    #expect(file.bytes == Array(text.utf8))
    #expect(file.lines.map(\.content) == [.rule(0), .blank, .blank, .comment, .rule(1)])
    #expect(file.owners(of: "q.a") == .owned([.user("@x")], line: 1))
    #expect(file.owners(of: "b/c") == .owned([.user("@y")], line: 5))
    #expect(file.diagnostics.map(\.kind) == [.byteOrderMark])
  }
}
