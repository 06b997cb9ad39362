import KoalrTesting
import Testing

@testable import KoalrCodeOwnersParser

/// Files and paths made to be slow. What is counted is work, never time.
struct HostileTests {
  private func matcher(_ patterns: [String]) throws -> PatternMatcher {
    let file = CodeOwnersParser().parse(patterns.joined(separator: " @o\n") + " @o\n")
    return try #require(file.contents.matcher)
  }

  /// Counts the nodes that a path enters and never knows enough.
  private struct Counter: MatchSink {
    private(set) var count = 0
    let floor: Int32

    init(floor: Int32) { self.floor = floor }
    mutating func meet(_ rule: Int32, at node: Int32, isEnd: Bool) { count += 1 }
  }

  private func nodesEntered(_ path: String, _ matcher: PatternMatcher) -> Int {
    path.withBytes { path in
      var walk = PatternWalk(Counter.self, plain: SmallStack(), loops: SmallStack())
      walk.begin(path, in: matcher)
      walk.go(path, in: matcher)
      return walk.sink.count
    }
  }

  @Test func `folders at any depth in folders at any depth cost no more than every node once a segment`() throws {
    let patterns = (1...60).map { depth in Array(repeating: "**/a", count: depth).joined(separator: "/") + "/x\(depth)" }
    let matcher = try matcher(patterns)
    for segments in [50, 100, 200] {
      let path = Array(repeating: "a", count: segments).joined(separator: "/")
      #expect(nodesEntered(path, matcher) <= segments * matcher.nodes.count)
      #expect(Lent(matcher).lastMatch(for: path) == nil)
    }
    let file = CodeOwnersParser().parse(patterns.joined(separator: "\n"))
    #expect(file.owners(of: Array(repeating: "a", count: 70).joined(separator: "/") + "/x60").line == 60)
  }

  @Test func `many shapes at one place are looked up, not tried`() throws {
    let prefixes = try matcher((0..<3_000).map { "/p\($0)*" })
    let suffixes = try matcher((0..<3_000).map { "/p*\($0)x" })
    let both = try matcher((0..<60).flatMap { first in (0..<50).map { "/p\(first)q*r\($0)s" } })
    for (table, bound) in [(prefixes.globs, 1), (suffixes.globs, 1), (both.globs, 60)] {
      #expect(table.edges.count == 3_000)
      #expect((0..<table.affixes.count).allSatisfy { table.affixes[$0].edges.range.count <= bound })
    }
    #expect(Lent(prefixes).lastMatch(for: "p2999") == 2_999)
    #expect(prefixes.matches(of: "p2999") == [2, 29, 299, 2_999])
    #expect(suffixes.matches(of: "p/7x").isEmpty)
    #expect(suffixes.matches(of: "p-1234x") == [4, 34, 234, 1_234])
    #expect(both.matches(of: "p7q-r3s") == [7 * 50 + 3])
  }

  @Test(arguments: [
    (1...500).map { "/" + Array(repeating: "d", count: $0).joined(separator: "/") },
    (0..<3_000).map { "/folder/name\($0)/x" },
    (0..<3_000).map { "/folder/name\($0 % 7)" },
  ])
  func `names take no more room than the patterns they stand in`(patterns: [String]) throws {
    let matcher = try matcher(patterns)
    #expect(matcher.anchored != nil)
    #expect(matcher.names.count <= Set(patterns).reduce(0) { $0 + $1.utf8.count })
  }

  @Test func `a file with more nodes than the table of all names takes answers without it`() throws {
    let patterns = (0...AnchoredNames.maximumNodes).map { "/f/name\($0)/" } + ["*.md", "/f/name7/*"]
    let matcher = try matcher(patterns)
    #expect(matcher.anchored == nil)
    #expect(Lent(matcher).lastMatch(for: "f/name6/a/b") == 6)
    #expect(Lent(matcher).lastMatch(for: "f/name6/a.md") == patterns.count - 2)
    #expect(Lent(matcher).lastMatch(for: "f/name7/a.md") == patterns.count - 1)
  }

  @Test(arguments: 0..<20) func `many floating patterns over a deep tree are found on both ways`(seed: UInt64) throws {
    var random = SeededGenerator(seed: 70 + seed)
    let names = (0..<6).map { String(repeating: "n", count: 1 + $0 * 4) }
    func row(_ count: Int) -> String { (0..<count).map { _ in random.pick(names) ?? "n" }.joined(separator: "/") }
    var patterns = (0..<150).map { _ in "/" + row(random.number(in: 1...60)) + (random.chance(0.5) ? "/" : "/*") }
    patterns += (0..<100).map { _ in
      random.pick(["\(row(1))", "**/\(row(2))", "*\(row(1))", "/\(row(2))/**/\(row(1))"]) ?? "n"
    }
    let file = CodeOwnersParser().parse(patterns.shuffled(using: &random).joined(separator: " @o\n"))
    let anchored = patterns.filter { $0.hasPrefix("/") }
    let paths = anchored.map { $0.dropFirst().replacing("*", with: "n") + row(3) } + (0..<50).map { _ in row(80) }
    let expected = paths.map { file.matches(of: $0).last?.line }
    #expect(paths.map { file.rule(for: $0)?.line } == expected)
    #expect(file.ruleIndices(ofSorted: paths).map { $0.map { file.rules[$0].line } } == expected)
  }

  @Test func `a file whose patterns mostly float has no table of all names`() throws {
    #expect(try matcher((0..<20).map { "**/a/name\($0)" }).anchored == nil)
    #expect(try matcher((0..<20).map { "/a/name\($0)/*" } + ["**/a/b"]).anchored != nil)
  }

  @Test func `names do not gather in one part of the table`() throws {
    let matcher = try matcher((0..<20_000).map { "/f/name\($0)" })
    let slots = matcher.edges.slots
    var (run, longest) = (0, 0)
    for place in 0..<slots.count {
      run = slots[place].child == 0 ? 0 : run + 1
      longest = max(longest, run)
    }
    #expect(longest < 100)
  }

  @Test func `a glob that goes back again and again is given up and done in one pass`() throws {
    let glob = String(repeating: "*aaaaaaaaaaaaaaaaaaaaaaaab", count: 20) + "*"
    let table = try matcher(["/" + glob]).globs
    let text = String(repeating: "a", count: 3_000)
    text.withBytes { text in
      let search = GlobSearch(tokens: table.edges[0].tokens.range, segmentStart: 0)
      var steps = 16 * (text.byteCount + glob.utf8.count)
      let hurried = search.search(text, 0..<text.byteCount, table, &steps)
      let patient = search.matches(text, 0..<text.byteCount, table)
      #expect(hurried == nil)
      #expect(!patient)
    }
    let long = String(repeating: String(repeating: "a", count: 30) + "b", count: 20)
    #expect(CodeOwnersParser().parse("/\(glob) @o").owners(of: long).line == 1)
    #expect(CodeOwnersParser().parse("/\(glob) @o").owners(of: String(long.dropLast())).line == nil)
  }

  @Test(arguments: 0..<40) func `all ways at once find what one after the other does`(seed: UInt64) throws {
    var random = SeededGenerator(seed: 40 + seed)
    for _ in 0..<50 {
      let glob = (0..<random.number(in: 1...9)).map { _ in random.pick(["a", "b", "é", "*", "?", "*"]) ?? "a" }.joined() + "?*"
      guard !glob.contains("***"), let table = try? matcher(["/" + glob]).globs, table.edges.count == 1 else { continue }
      let name = (0..<random.number(in: 1...8)).map { _ in random.pick(["a", "b", "é", "\u{1F600}"]) ?? "a" }.joined()
      let tokens = table.edges[0].tokens.range
      let expected = NaiveMatcher.fits(Array(glob.unicodeScalars)[...], Array(name.unicodeScalars)[...])
      name.withBytes { text in
        let automaton = GlobAutomaton(tokens.map { table.tokens[$0] }, table)
        let atOnce = automaton.matches(text, 0..<text.byteCount, segmentStart: 0)
        #expect(atOnce == expected, "\(glob) \(name)")
        var steps = 1_000
        let search = GlobSearch(tokens: tokens, segmentStart: 0)
        let oneByOne = search.search(text, 0..<text.byteCount, table, &steps)
        #expect(oneByOne == expected, "\(glob) \(name)")
      }
    }
  }

  @Test func `the longest patterns and paths are just long`() {
    let deep = Array(repeating: "d", count: 2_000).joined(separator: "/")
    let file = CodeOwnersParser().parse("/\(deep)/ @o\n*.\(String(repeating: "e", count: 4_000)) @p\n")
    #expect(file.owners(of: deep + "/x").line == 1)
    #expect(file.owners(of: deep).line == nil)
    #expect(file.owners(of: "q." + String(repeating: "e", count: 4_000)).line == 2)
    #expect(file.owners(of: String(repeating: "x/", count: 50_000) + "y").line == nil)
  }

  private static let slowToProve: [[String]] = [
    (0..<2_000).map { "*\(10_000 + $0)*x*" },
    (1...400).map { "*" + String(repeating: "a", count: $0) + "*" },
    (0..<512).map { (spelling: Int) in (0..<9).map { spelling >> $0 & 1 == 0 ? "a" : "\\a" }.joined() },
    (1...60).map { Array(repeating: "**/*a?*b*", count: $0).joined(separator: "/") },
    (1...900).map { "/a/?*\($0)*x" },
  ]

  @Test(arguments: slowToProve.indices)
  func `proofs about rules end when they have cost enough, and say so`(row: Int) throws {
    let patterns = Self.slowToProve[row]
    let file = CodeOwnersParser().parse(patterns.joined(separator: " @o\n") + " @o\n")
    let (small, large) = (ProofBudget(steps: 40_000), ProofBudget(steps: 80_000))
    let findings = RuleLint(file: file, usage: nil, budget: small).findings
    // What was begun is paid for: one look-up more than there was.
    #expect(small.isSpent && small.spent <= 80_000, "\(small.spent)")
    let note = try #require(findings.last)
    #expect(note.rule == .unprovenRules && findings.count { $0.rule == .unprovenRules } == 1)
    let others = RuleLint(file: file, usage: nil, budget: large).findings.filter { $0.line < note.line }
    #expect(others == findings.dropLast())
  }

  @Test func `a long file of plain rules costs a few steps a rule`() {
    let file = CodeOwnersParser().parse((0..<3_000).map { "/folder/name\($0 % 2_500)/*.x @o\n" }.joined() + "*.y @o\n")
    let budget = ProofBudget()
    let findings = RuleLint(file: file, usage: nil, budget: budget).findings
    #expect(findings.count == 500 && budget.spent <= 20 * file.rules.count, "\(budget.spent)")
  }
}
