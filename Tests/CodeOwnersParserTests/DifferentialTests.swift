import KoalrCodeOwnersParser
import KoalrTesting
import Testing

/// Random files against GitHub's rules tried word by word.
struct DifferentialTests {
  struct Sample {
    var patterns: [String]
    var paths: [String]

    init(seed: UInt64) {
      var random = SeededGenerator(seed: seed)
      // Where only endings float, the search is another one.
      let endings = ["*.b", "*aab", "*abababab.b", "*aaaaaaaaab", "a/ab", "/b/a*/"]
      patterns = (0..<random.number(in: 1...30)).map { _ in
        seed % 4 == 0 ? random.pick(endings) ?? "a" : Self.pattern(&random)
      }
      paths = (0..<60).map { _ in Self.path(&random) }
    }

    static func pattern(_ random: inout SeededGenerator) -> String {
      let parts = [
        "a", "b", "ab", "a.b", "é", "*", "**", "a*", "*b", "?", "a?b", "*a*", "a*b", "*a*b*", "**a", "*?", "\\*", "é*", "ab*ab",
        "*.b", "*aab", "aa*", "*abababab.b", "*babab*", "",
      ]
      let body = (0..<random.number(in: 1...4)).map { _ in random.pick(parts) ?? "a" }.joined(separator: "/")
      let whole = (random.chance(0.3) ? "/" : "") + body + (random.chance(0.2) ? "/" : "")
      return whole.isEmpty ? "a" : whole
    }

    static func path(_ random: inout SeededGenerator) -> String {
      let names = [
        "a", "b", "ab", "a.b", "é", "éa", "aab", "abab", "axb", "*", "ba", "aaaab", "x.b", "aaaaaaaaaaaaaaab",
        "abababababababababab.b",
      ]
      let most = random.chance(0.3) ? 12 : 5
      return (0..<random.number(in: 1...most)).map { _ in random.pick(names) ?? "a" }.joined(separator: "/")
    }

    var file: CodeOwnersFile { CodeOwnersParser().parse(patterns.joined(separator: " @o\n") + " @o\n") }

    /// The indices of all rules that match.
    func expected(_ path: String) -> [Int] { patterns.indices.filter { NaiveMatcher(patterns[$0]).matches(path) } }
  }

  @Test(arguments: 0..<120) func `a file says what its rules say one by one`(seed: UInt64) {
    let sample = Sample(seed: 7_000 + seed)
    let file = sample.file
    #expect(file.rules.map(\.pattern) == sample.patterns)
    for path in sample.paths {
      let expected = sample.expected(path)
      #expect(file.ruleIndex(for: path) == expected.last, "\(path)")
      #expect(file.matches(of: path).map { $0.line - 1 } == expected, "\(path)")
    }
  }

  @Test(arguments: 0..<60) func `a cursor says the same, whatever the order of the paths`(seed: UInt64) {
    let sample = Sample(seed: 9_000 + seed)
    let file = sample.file
    for paths in [sample.paths, sample.paths.sorted(), sample.paths + sample.paths.reversed()] {
      let expected = paths.map { file.ruleIndex(for: $0) }
      #expect(file.ruleIndices(ofSorted: paths) == expected)
      var owners: [Ownership] = []
      file.forEachOwner(ofSorted: paths) { path, ownership in owners.append(ownership) }
      #expect(owners == paths.map { file.owners(of: $0) })
    }
  }
}
