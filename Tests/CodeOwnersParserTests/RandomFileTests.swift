import KoalrCodeOwnersParser
import KoalrTesting
import Testing

/// Random files and paths from a seeded generator.
struct RandomFileTests {
  @Test(arguments: 0..<40) func `arbitrary bytes are always a file`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet = Array("ab*?/\\ #@!.[]\t\r\n\u{0}é@o/t x@y.zz\u{FEFF}".utf8) + [0xFF, 0xC3, 0x80]
    for _ in 0..<50 {
      let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
        Bool.random(using: &random) ? alphabet.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
      }
      let file = CodeOwnersParser().parse(bytes: bytes)
      let lines = bytes.count { $0 == 10 } + 1
      #expect(file.rules.allSatisfy { (1...lines).contains($0.line) })
      #expect(file.diagnostics.allSatisfy { (1...lines).contains($0.line) && $0.column >= 1 })
      for path in ["", "/", "a", "a/b", "//", String(decoding: bytes.prefix(20), as: UTF8.self)] {
        let owners = file.owners(of: path)
        #expect(owners.line == file.rule(for: path)?.line)
      }
    }
  }

  @Test(arguments: 0..<20) func `the tree finds the same rule as trying each rule by itself`(seed: UInt64) {
    var random = SeededGenerator(seed: 1000 + seed)
    let parts = ["a", "b", "ab", "*", "**", "a*", "*b", "?", "a?b", "*a*", "", "\\*", "a.b"]
    let names = ["a", "b", "ab", "aab", "a.b", "*", "ba", "axb"]
    let lines = (0..<60).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in parts.randomElement(using: &random) ?? "a" }.joined(separator: "/")
    }
    let whole = CodeOwnersParser().parse(lines.joined(separator: "\n"))
    let alone = lines.map { CodeOwnersParser().parse($0) }
    for _ in 0..<200 {
      let path = (0..<Int.random(in: 1...5, using: &random)).map { _ in names.randomElement(using: &random) ?? "a" }
        .joined(separator: "/")
      let expected = alone.lastIndex { $0.rule(for: path) != nil }.map { $0 + 1 }
      #expect(whole.owners(of: path).line == expected, "\(path)")
    }
  }

  @Test func `many floating folders at once stay cheap`() {
    let lines = (0..<400).map { "a*\(String(repeating: "?", count: 1 + $0 % 50))*/**/x\($0) @o" }
    let file = CodeOwnersParser().parse(lines.joined(separator: "\n"))
    let path = Array(repeating: "a" + String(repeating: "b", count: 60), count: 20).joined(separator: "/")
    #expect(file.owners(of: path) == .noRule)
    #expect(file.owners(of: "aaaa/x0/q").line == 1)
    #expect(CodeOwnersParser().parse("**/a*/**/x7 @o").owners(of: path + "/x7/q").line == 1)
  }
}
