import KoalrCodeOwnersParser
import KoalrTesting
import Testing

struct GitLabPatternTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var pattern: String
    var matches: [String]
    var others: [String]
    var testDescription: String { pattern }
  }

  static let cases: [Case] = [
    Case(pattern: "*", matches: ["a", "a/b", ".hidden", "a/b/c.d"], others: [""]),
    Case(pattern: "**", matches: ["a", "a/b/c"], others: []),
    Case(pattern: "/*", matches: ["a", ".hidden"], others: ["a/b"]),
    Case(pattern: "/**", matches: ["a"], others: ["a/b"]),
    Case(pattern: "/", matches: ["a", "a/b"], others: []),
    Case(pattern: "lib", matches: ["lib", "x/lib"], others: ["lib/x", "lib.txt"]),
    Case(pattern: "/lib", matches: ["lib"], others: ["x/lib", "lib/x"]),
    Case(pattern: "lib/", matches: ["lib/x", "y/lib/x/z"], others: ["lib", "y/lib"]),
    Case(pattern: "/lib/", matches: ["lib/x", "lib/x/z"], others: ["lib", "y/lib/x"]),
    Case(pattern: "lib/core", matches: ["lib/core", "x/lib/core"], others: ["lib/core/x", "lib/x/core"]),
    Case(pattern: "lib/*", matches: ["lib/a", "x/lib/a"], others: ["lib/a/b", "lib"]),
    Case(pattern: "lib/**", matches: ["lib/a", "x/lib/a"], others: ["lib/a/b", "lib"]),
    Case(pattern: "lib/**/*", matches: ["lib/a", "lib/a/b", "x/lib/a/b/c"], others: ["lib"]),
    Case(pattern: "lib/**/", matches: ["lib/a", "lib/a/b"], others: ["lib"]),
    Case(pattern: "a/**/b", matches: ["a/b", "a/x/y/b", "q/a/x/b"], others: ["a/b/c"]),
    Case(pattern: "**/**/a", matches: ["a", "x/y/a"], others: ["a/x"]),
    Case(pattern: "*.js", matches: ["a.js", "x/a.js", ".js"], others: ["dir.js/x"]),
    Case(pattern: "a***b", matches: ["ab", "axb"], others: ["a/b"]),
    Case(pattern: "b?r", matches: ["bar", "bär", "x/b\u{1F600}r"], others: ["br", "baar", "b/r"]),
    Case(pattern: "{a,b}", matches: ["{a,b}"], others: ["a", "b"]),
    Case(pattern: "\\#a", matches: ["#a", "x/#a"], others: ["\\#a"]),
    Case(pattern: "a#b", matches: ["a#b"], others: ["a"]),
    Case(pattern: "\\!a", matches: ["!a"], others: ["a"]),
    Case(pattern: "a\\ b", matches: ["a b"], others: ["a", "a\\ b"]),
    Case(pattern: "a\\*", matches: ["a*"], others: ["ab"]),
    Case(pattern: "a\\/b", matches: ["a/b", "x/a/b"], others: ["ab"]),
    Case(pattern: "x[ab]", matches: ["xa", "y/xb"], others: ["x", "xc", "xab"]),
    Case(pattern: "x[!ab]", matches: ["xc", "x!"], others: ["xa", "x", "x/a"]),
    Case(pattern: "x[^a-c]", matches: ["xd", "x-"], others: ["xb"]),
    Case(pattern: "x[a-c0-9]", matches: ["xb", "x7"], others: ["x-", "xd"]),
    Case(pattern: "x[c-a]", matches: ["xa", "xc"], others: ["xb", "x-"]),
    Case(pattern: "x[a-]", matches: ["xa", "x-"], others: ["xb"]),
    Case(pattern: "x[-a]", matches: ["xa", "x-"], others: ["xb"]),
    Case(pattern: "x[\\]a]", matches: ["x]", "xa"], others: ["x\\"]),
    Case(pattern: "x[\\!a]", matches: ["x!", "xa"], others: ["xb"]),
    Case(pattern: "x[]a]", matches: [], others: ["x]", "xa", "xa]"]),
    Case(pattern: "x[!]a]", matches: ["xba]"], others: ["xb", "x]"]),
    Case(pattern: "x[a/b]y", matches: ["xay", "xby"], others: ["x/y"]),
    Case(pattern: "x[ä-ü]", matches: ["xö", "xä"], others: ["xo", "x\u{1F600}"]),
    Case(pattern: "*[0-9].rb", matches: ["a1.rb", "11.rb"], others: ["a.rb"]),
    Case(pattern: "x[ab", matches: [], others: ["xa", "x[ab"]),
    Case(pattern: "a//b", matches: [], others: ["a/b"]),
    Case(pattern: "Make", matches: ["Make"], others: ["make"]),
  ]

  @Test(arguments: cases) func `a pattern matches what GitLab's does`(_ one: Case) {
    let file = CodeOwnersParser(dialect: .gitLab).parse("\(one.pattern) @octo\n")
    #expect(file.rules.count == 1)
    for path in one.matches {
      #expect(file.owners(of: path) == .owned([.user("@octo")], line: 1), "\(path)")
      #expect(PlainFnmatch.matches(pattern: one.pattern, path: path), "the plain matcher: \(path)")
    }
    for path in one.others {
      #expect(file.owners(of: path) == .noRule, "\(path)")
      #expect(path.isEmpty || !PlainFnmatch.matches(pattern: one.pattern, path: path), "the plain matcher: \(path)")
    }
  }

  @Test(arguments: [
    ("*[ab]", 50, "*[!ab]", "ab", 500, false), ("*[ab]", 50, "*b", "ab", 500, true), ("*[!a]a", 50, "*b", "ab", 500, true),
    ("*[!a]a", 499, "b", "ab", 500, true), ("*[!a]a", 500, "b", "ab", 500, false), ("*[ä-ö]b", 300, "", "äb", 300, true),
    ("*[ä-ö]b", 301, "", "äb", 300, false), ("*[!ä-ö]?", 299, "b", "äb", 300, true), ("*[!ä-ö]?", 300, "b", "äb", 300, false),
  ])
  func `many sets between runs are tried all at once`(
    part: String, parts: Int, end: String, piece: String, pieces: Int, matches: Bool
  ) {
    let pattern = String(repeating: part, count: parts) + end
    let file = CodeOwnersParser(dialect: .gitLab).parse("\(pattern) @a")
    #expect(file.rules.count == 1)
    #expect((file.rule(for: "x/" + String(repeating: piece, count: pieces)) != nil) == matches)
  }

  @Test(arguments: 0..<20) func `a random pattern matches as the plain matcher says`(seed: UInt64) {
    var random = SeededGenerator(seed: 500 + seed)
    let parts = [
      "a", "b", "c", "*", "**", "?", "/", "/", "/", "/**/", "[ab]", "[!a]", "[a-", "]", "-", "\\", "\\*", "é", "\\ ", "^",
    ]
    let names = ["a", "b", "ab", "abc", "é", "*", "]", "-", "a b", "a/b", "b/a/c", "\\", "^a"]
    var matched = 0
    for _ in 0..<150 {
      let pattern = (0..<Int.random(in: 1...6, using: &random)).map { _ in parts.randomElement(using: &random) ?? "a" }.joined()
      // These begin a section, go on into the owner, or end at a blank.
      if pattern.hasPrefix("[") || pattern.hasPrefix("^[") || pattern.hasSuffix("\\") || pattern.contains("\\\\ ") { continue }
      let file = CodeOwnersParser(dialect: .gitLab).parse("\(pattern) @a")
      for _ in 0..<10 {
        let path = (0..<Int.random(in: 1...3, using: &random)).map { _ in names.randomElement(using: &random) ?? "a" }
          .joined(separator: ["", "/"].randomElement(using: &random) ?? "")
        let expected = PlainFnmatch.matches(pattern: pattern, path: path)
        #expect((file.rule(for: path) != nil) == expected, "\(pattern) on \(path)")
        matched += expected ? 1 : 0
      }
    }
    #expect(matched > 20, "hardly any random pair tells the two apart")
  }
}
