import KoalrCodeOwnersParser
import KoalrTesting
import Testing

/// Random files in GitLab's dialect, beside the same rules followed one by one.
struct GitLabRandomTests {
  @Test(arguments: 0..<30) func `a file decides as its rules followed one by one`(seed: UInt64) {
    var random = SeededGenerator(seed: 9_000 + seed)
    for _ in 0..<10 {
      let plain = PlainFile.random(&random)
      let file = CodeOwnersParser(dialect: .gitLab).parse(plain.text)
      #expect(file.text == plain.text)
      #expect(file.sections.count == plain.sectionNames.count)
      for _ in 0..<15 {
        let path = PlainFile.path(&random)
        let decisions = file.decisions(for: path)
        #expect(decisions.map { PlainFile.Decision($0) } == plain.decisions(for: path), "\(path) in \(plain.text)")
        #expect(Set(file.owners(of: path).owners) == Set(decisions.flatMap(\.owners)))
        #expect(file.owners(of: path).owners.count == Set(decisions.flatMap(\.owners)).count)
        #expect(file.matches(of: path).map(\.line) == plain.lines(matching: path), "\(path) in \(plain.text)")
      }
    }
  }

  @Test(arguments: [CodeOwnersParser.Dialect.gitHub, .gitLab, .bitbucket])
  func `many paths at once have the owners that each has alone`(dialect: CodeOwnersParser.Dialect) {
    var random = SeededGenerator(seed: 4)
    for _ in 0..<20 {
      let file = CodeOwnersParser(dialect: dialect).parse(PlainFile.random(&random).text)
      let paths = (0..<40).map { _ in PlainFile.path(&random) }.sorted()
      var owners: [Ownership] = []
      file.forEachOwner(ofSorted: paths) { owners.append($1) }
      #expect(owners == paths.map(file.owners))
      #expect(file.ruleIndices(ofSorted: paths) == paths.map(file.ruleIndex))
    }
  }

  @Test(arguments: 0..<20) func `arbitrary bytes are always a file, and every line is there`(seed: UInt64) {
    var random = SeededGenerator(seed: 70 + seed)
    let alphabet = Array("ab*?/\\ #@!.[]^-\t\r\n\n\n[]é@o/t @@owner".utf8) + [0xFF, 0xC3, 0x80, 0]
    for dialect in [CodeOwnersParser.Dialect.gitLab, .bitbucket, .gitHub] {
      for _ in 0..<30 {
        let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in alphabet.randomElement(using: &random) ?? 0 }
        let file = CodeOwnersParser(dialect: dialect).parse(bytes: bytes)
        #expect(file.bytes == bytes)
        #expect(file.lines.flatMap { bytes[$0.range] } == bytes)
        for line in file.lines {
          switch line.content {
          case .rule(let rule): #expect(file.rules[rule].line == line.number)
          case .section(let section): #expect(file.sections.indices.contains(section))
          case .skipped: #expect(file.diagnostics.contains { $0.line == line.number && $0.effect == .lineSkipped })
          case .blank, .comment: #expect(!file.diagnostics.contains { $0.line == line.number && $0.kind != .byteOrderMark })
          }
        }
        let again = CodeOwnersParser(dialect: dialect).parse(bytes: file.lines.flatMap { bytes[$0.range] })
        #expect(Array(again.rules) == Array(file.rules) && again.diagnostics == file.diagnostics)
        for path in ["", "/", "a", "a/b", "//", "é"] { _ = file.explanation(of: path) }
      }
    }
  }
}

/// A file as a list of what stands in it.
private struct PlainFile {
  enum Line {
    case header(name: String, isOptional: Bool, approvals: Int, owners: [String])
    case rule(pattern: String, owners: [String], isExclusion: Bool)
    case remark(String)

    var text: String {
      switch self {
      case .header(let name, let isOptional, let approvals, let owners):
        "\(isOptional ? "^" : "")[\(name)]\(approvals == 1 ? "" : "[\(approvals)]")\(owners.map { " " + $0 }.joined())"
      case .rule(let pattern, let owners, let isExclusion):
        "\(isExclusion ? "!" : "")\(pattern)\(owners.map { "  " + $0 }.joined())"
      case .remark(let text): text
      }
    }
  }

  struct Decision: Equatable {
    var section: String
    var line: Int
    var owners: [String]
    var approvals: Int
    var isOptional: Bool
  }

  private struct Entry {
    var section: String
    var pattern: String
    var decision: Decision
    var isExclusion: Bool
  }

  var lines: [Line]

  var text: String { lines.map { $0.text + "\n" }.joined() }

  /// The rules with what their headers say; sections are named as first written.
  private var entries: [Entry] {
    var entries: [Entry] = []
    var terms = (name: "codeowners", isOptional: false, approvals: 1, owners: [String]())
    var names = ["codeowners": "codeowners"]
    for (index, line) in lines.enumerated() {
      switch line {
      case .remark: continue
      case .header(let name, let isOptional, let approvals, let owners):
        let first = names[name.lowercased()] ?? name
        names[name.lowercased()] = first
        terms = (first, isOptional, approvals, owners)
      case .rule(let pattern, let owners, let isExclusion):
        let decision = Decision(
          section: terms.name, line: index + 1, owners: owners.isEmpty ? terms.owners : owners, approvals: terms.approvals,
          isOptional: terms.isOptional)
        entries.append(Entry(section: terms.name, pattern: pattern, decision: decision, isExclusion: isExclusion))
      }
    }
    return entries
  }

  /// Sections in the order in which they are first heard of.
  var sectionNames: [String] {
    var names: [String] = []
    var hasHeader = false
    for line in lines {
      var name = "codeowners"
      switch line {
      case .remark: continue
      case .rule: if hasHeader { continue }
      case .header(let text, _, _, _): (name, hasHeader) = (text, true)
      }
      if !names.contains(where: { $0.lowercased() == name.lowercased() }) { names.append(name) }
    }
    return names
  }

  func lines(matching path: String) -> [Int] {
    entries.filter { PlainFnmatch.matches(pattern: $0.pattern, path: path) }.map(\.decision.line)
  }

  func decisions(for path: String) -> [Decision] {
    sectionNames.compactMap { name in
      let own = entries.filter { $0.section == name }
      let hits = own.filter { PlainFnmatch.matches(pattern: $0.pattern, path: path) }
      guard !hits.contains(where: \.isExclusion) else { return nil }
      // What repeats a pattern counts where the pattern first stood.
      var order: [Entry] = []
      for entry in own where !entry.isExclusion {
        let full = PlainFnmatch.normalized(entry.pattern)
        let place = order.firstIndex { PlainFnmatch.normalized($0.pattern) == full }
        if let place { order[place] = entry } else { order.append(entry) }
      }
      guard var decision = order.last(where: { PlainFnmatch.matches(pattern: $0.pattern, path: path) })?.decision else {
        return nil
      }
      decision.isOptional = own.allSatisfy(\.decision.isOptional)
      return decision
    }
  }

  static func random(_ random: inout SeededGenerator) -> Self {
    let names = ["Docs", "docs", "API", "Api", "Two words", "codeowners"]
    let owners = ["@a", "@b", "@g/h/i", "@@owner", "x@y.zz"]
    let patterns = [
      "*", "a", "/a", "a/", "/a/b", "*.md", "a/*", "a/**", "a/**/*", "/**/b/", "/[ab]", "x[!a]", "a/[a-c]*", "b", "?",
    ]
    let some = { (random: inout SeededGenerator) in
      Array(owners.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random)))
    }
    return Self(
      lines: (0..<Int.random(in: 0...25, using: &random)).map { _ in
        switch Int.random(in: 0..<8, using: &random) {
        case 0:
          .header(
            name: names.randomElement(using: &random) ?? "", isOptional: Bool.random(using: &random),
            approvals: Int.random(in: 1...3, using: &random), owners: some(&random))
        case 1: .remark(["", "# @a", "  ", "#[A]"].randomElement(using: &random) ?? "")
        case 2: .rule(pattern: patterns.randomElement(using: &random) ?? "", owners: [], isExclusion: true)
        default: .rule(pattern: patterns.randomElement(using: &random) ?? "", owners: some(&random), isExclusion: false)
        }
      })
  }

  static func path(_ random: inout SeededGenerator) -> String {
    let names = ["a", "b", "c", "x", "q.md", "ab"]
    return (0..<Int.random(in: 1...4, using: &random)).map { _ in names.randomElement(using: &random) ?? "a" }.joined(
      separator: "/")
  }
}

extension PlainFile.Decision {
  fileprivate init(_ decision: OwnershipDecision) {
    self.init(
      section: decision.section?.name ?? "", line: decision.rule.line, owners: decision.owners.map(\.text),
      approvals: decision.approvals, isOptional: decision.isOptional)
  }
}
