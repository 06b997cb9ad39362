import KoalrCodeOwnersParser
import KoalrTesting
import Testing

/// What holds for every file.
struct LawTests {
  private func randomBytes(_ random: inout SeededGenerator) -> [UInt8] {
    let alphabet = Array("ab*?/\\ #@!.[]\t\r\n\n\n\u{0}é@o/t x@y.zz\u{FEFF}".utf8) + [0xFF, 0xC3, 0x80]
    return (0..<random.number(in: 0...200)).map { _ in
      random.chance(0.8) ? random.pick(alphabet) ?? 0 : UInt8(truncatingIfNeeded: random.next())
    }
  }

  @Test(arguments: 0..<60) func `a file gives its bytes back, and its lines make it up`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let bytes = randomBytes(&random)
      let file = CodeOwnersParser().parse(bytes: bytes)
      #expect(file.bytes == bytes)
      #expect(file.lines.flatMap { bytes[$0.range] } == bytes)
      #expect(file.lines.map(\.number) == Array(1..<file.lines.count + 1))
      let again = CodeOwnersParser().parse(bytes: file.bytes)
      #expect(Array(again.rules) == Array(file.rules) && again.diagnostics == file.diagnostics)
    }
  }

  @Test(arguments: 0..<60) func `every line is a rule, a comment, blank, or has a diagnostic`(seed: UInt64) {
    var random = SeededGenerator(seed: 100 + seed)
    for _ in 0..<20 {
      let file = CodeOwnersParser().parse(bytes: randomBytes(&random))
      let skipped = Set(file.diagnostics.filter { $0.effect == .lineSkipped }.map(\.line))
      var rules: [Int] = []
      for line in file.lines {
        switch line.content {
        case .rule(let index):
          rules.append(index)
          #expect(file.rules[index].line == line.number)
        case .skipped: #expect(skipped.contains(line.number))
        case .blank, .comment: #expect(!skipped.contains(line.number))
        case .section: Issue.record("GitHub has no sections")
        }
      }
      #expect(rules == Array(file.rules.indices))
    }
  }

  @Test(arguments: 0..<40) func `of two files in a row the second decides where it can`(seed: UInt64) {
    let (first, second) = (DifferentialTests.Sample(seed: 300 + seed), DifferentialTests.Sample(seed: 600 + seed))
    let both = CodeOwnersParser().parse(first.file.text + second.file.text)
    for path in first.paths {
      let expected = second.file.ruleIndex(for: path).map { $0 + first.patterns.count } ?? first.file.ruleIndex(for: path)
      #expect(both.ruleIndex(for: path) == expected)
    }
  }

  @Test(arguments: 0..<40) func `without the rule that decides, the first one it shadowed does`(seed: UInt64) {
    let sample = DifferentialTests.Sample(seed: 900 + seed)
    let file = sample.file
    for path in sample.paths {
      guard let part = file.explanation(of: path).parts.first else { continue }
      #expect(part.decision.rule == file.rule(for: path))
      #expect((part.shadowed.reversed() + [part.decision.rule]) == file.matches(of: path))
      var lines = file.lines.map(\.text)
      lines[part.decision.rule.line - 1] = "# gone"
      #expect(CodeOwnersParser().parse(lines.joined(separator: "\n")).rule(for: path) == part.shadowed.first)
    }
  }

  @Test func `an explanation names what decided and what lost`() {
    let file = CodeOwnersParser().parse("* @all\n*.md @writers\n/api/ @acme/api # why\n/api/gen/\n")
    #expect(
      file.explanation(of: "api/x.md").description
        == "api/x.md: line 3 \"/api/\" (@acme/api), before line 2 \"*.md\" (@writers), line 1 \"*\" (@all)")
    #expect(file.explanation(of: "api/gen/a").description.hasPrefix("api/gen/a: line 4 \"/api/gen/\" (nobody), before line 3"))
    #expect(CodeOwnersParser().parse("/a").explanation(of: "b").description == "b: no rule matches")
    #expect(file.rule(for: "api/x.md")?.comment == " why")
    #expect(file.decisions(for: "api/x.md").map(\.approvals) == [1])
    #expect(file.decisions(for: "api/gen/a").map(\.approvals) == [0])
  }
}
