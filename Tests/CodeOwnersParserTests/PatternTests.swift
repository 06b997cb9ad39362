import KoalrCodeOwnersParser
import Testing

struct PatternTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var pattern: String
    var matches: [String]
    var others: [String]
    var testDescription: String { pattern }
  }

  static let cases: [Case] = [
    Case(pattern: "*", matches: ["a", "a/b", ".hidden", "a/b/c.d"], others: [""]),
    Case(pattern: "**", matches: ["a", "a/b/c"], others: []),
    Case(pattern: "/**", matches: ["a", "a/b/c"], others: []),
    Case(pattern: "/*", matches: ["a"], others: ["a/b"]),
    Case(pattern: "guide/*", matches: ["guide/a"], others: ["guide/a/b", "x/guide/a", "guide"]),
    Case(pattern: "lib", matches: ["lib", "x/lib", "x/lib/y"], others: ["lib.txt", "xlib"]),
    Case(pattern: "/lib", matches: ["lib", "lib/x"], others: ["x/lib"]),
    Case(pattern: "lib/", matches: ["lib/x", "y/lib/x/z"], others: ["lib", "y/lib"]),
    Case(pattern: "lib/core", matches: ["lib/core", "lib/core/x"], others: ["x/lib/core", "lib/corex"]),
    Case(pattern: "*.js", matches: ["a.js", "x/a.js", "dir.js/x", ".js"], others: ["js", "a.jsx"]),
    Case(pattern: "/a*", matches: ["a", "ab/x/y", "a/x"], others: ["x/a"]),
    Case(pattern: "*/", matches: ["a/b", "a/b/c"], others: ["a"]),
    Case(pattern: "a/**/b", matches: ["a/b", "a/x/y/b", "a/b/c"], others: ["x/a/b", "a/x"]),
    Case(pattern: "a/**/*", matches: ["a/b", "a/b/c/d"], others: ["a", "x/a/b"]),
    Case(pattern: "**/logs", matches: ["logs", "x/logs", "x/logs/y"], others: ["xlogs"]),
    Case(pattern: "lib/**", matches: ["lib/x", "lib/x/y"], others: ["lib", "x/lib/y"]),
    Case(pattern: "lib/**/", matches: ["lib/x", "lib/x/y"], others: ["lib"]),
    Case(pattern: "a**b", matches: ["ab", "axyb", "x/ab"], others: ["a/b"]),
    Case(pattern: "**x**", matches: ["x", "axb", "q/axb"], others: ["a/b"]),
    Case(pattern: "/", matches: [], others: ["a", "a/b"]),
    Case(pattern: "**/", matches: [], others: ["a", "a/b"]),
    Case(pattern: "**/**", matches: [], others: ["a", "a/b"]),
    Case(pattern: "**/**/x", matches: [], others: ["x", "a/x"]),
    Case(pattern: "a//b", matches: [], others: ["a/b"]),
    Case(pattern: "//a", matches: [], others: ["a"]),
    Case(pattern: "b?r", matches: ["bar", "bär", "b\u{1F600}r", "x/bar/y"], others: ["br", "baar", "b/r"]),
    Case(pattern: "?", matches: ["a", "é"], others: ["ab"]),
    Case(pattern: "*?x", matches: ["ax", "éx", "ééx"], others: ["x"]),
    Case(pattern: "q\\*", matches: ["q*", "a/q*/b"], others: ["qx", "q"]),
    Case(pattern: "q\\?", matches: ["q?"], others: ["qx"]),
    Case(pattern: "/p\\[id\\].ts", matches: ["p[id].ts"], others: ["pi.ts", "pid.ts"]),
    Case(pattern: "/my\\ file", matches: ["my file", "my file/x"], others: ["my"]),
    Case(pattern: "a(b){c,d}+|^$~:x", matches: ["a(b){c,d}+|^$~:x"], others: ["abc"]),
    Case(pattern: "Make", matches: ["Make"], others: ["make", "MAKE"]),
    Case(pattern: "*a*b*c", matches: ["abc", "xaxbxc", "aabbcc", "abcbc"], others: ["acb", "ab", "abcx"]),
    Case(pattern: "**/a/**/a/**/b", matches: ["a/a/b", "x/a/y/a/z/a/b"], others: ["a/b", "a/x/b"]),
  ]

  @Test(arguments: cases) func `a pattern matches what GitHub's does`(_ one: Case) {
    let file = CodeOwnersParser(dialect: .gitHub).parse("\(one.pattern) @octo\n")
    #expect(file.rules.count == 1)
    for path in one.matches { #expect(file.owners(of: path) == .owned([.user("@octo")], line: 1), "\(path)") }
    for path in one.others { #expect(file.owners(of: path) == .noRule, "\(path)") }
  }

  @Test(arguments: [1, 2, 7, 8, 9, 16, 17, 31, 32, 33, 40])
  func `bytes between two runs are found wherever they stand`(count: Int) {
    // Its first and its last byte fit at many places, the whole only at one.
    let middle = String(repeating: "ab", count: count).suffix(count - 1) + "b"
    let file = CodeOwnersParser().parse("/s*\(middle)*e @octo\n")
    for before in 0..<24 {
      for after in [0, 1, 5, 8, 13] {
        let path = "s" + String(repeating: "b", count: before) + middle + String(repeating: "a", count: after) + "e"
        #expect(file.ruleIndex(for: path) == 0, "\(path)")
        if count > 2 { #expect(file.ruleIndex(for: path.replacing("abb", with: "acb")) == nil, "\(path)") }
      }
    }
    #expect(file.ruleIndex(for: "s\(middle.dropLast())e") == nil)
  }

  @Test func `the last rule that matches decides, alone`() {
    let file = CodeOwnersParser().parse("* @all\n*.md @writers\n/api/ @acme/api\n/api/gen/\n/api/gen/keep.md @keeper\n")
    #expect(file.owners(of: "x.swift") == .owned([.user("@all")], line: 1))
    #expect(file.owners(of: "x.md") == .owned([.user("@writers")], line: 2))
    #expect(file.owners(of: "api/x.md") == .owned([.team("@acme/api")], line: 3))
    #expect(file.owners(of: "api/gen/x.md") == .unowned(line: 4))
    #expect(file.owners(of: "api/gen/keep.md") == .owned([.user("@keeper")], line: 5))
    #expect(file.rule(for: "api/x.md")?.pattern == "/api/")
  }

  @Test func `a repeated pattern counts as its last line`() {
    let file = CodeOwnersParser().parse("a/ @x\na/ @y\n")
    #expect(file.owners(of: "a/b") == .owned([.user("@y")], line: 2))
  }
}
