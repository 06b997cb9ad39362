import KoalrCodeOwnersParser
import KoalrTesting
import Testing

/// Files of a few kinds of patterns each, as each kind has its own short way, asked one by one, in order, and in none.
struct NeighbourTests {
  private static let names = [
    "a", "b", "main.md", "read.md", "ab", "a-name-of-more-than-sixteen-bytes", "a-name-of-more-than-sixteen-bytes.md",
    "b.test.md", "a-name-that-is-as-long-as-several-of-the-others-are-together-and-still-goes-on",
  ]
  private static let kinds = [
    ["*.md", "*n.md", "*.test.md", "*b"], ["b", "main.md", "ab/"], ["*est*", "*mor*teen*", "*n*"], ["a*", "b.*", "a-name*"],
    ["/*/b/", "/a/*", "/ab/*/*.md"], ["/a/**/b", "/ab/**/*st*", "/b/**/main.md", "/a/b/**/*.md", "/a/**/*as*"],
  ]

  private static func path(_ random: inout SeededGenerator, least: Int) -> String {
    (0..<random.number(in: least...7)).map { _ in random.pick(random.chance(0.5) ? ["a", "b", "main.md"] : names) ?? "a" }
      .joined(separator: "/")
  }

  private static func lines(_ random: inout SeededGenerator) -> [String] {
    var lines: [String] = []
    for kind in kinds where random.chance(0.4) { lines += kind.filter { _ in random.chance(0.7) } }
    for _ in 0..<random.number(in: 4...12) { lines.append("/" + path(&random, least: 1) + (random.chance(0.7) ? "/" : "")) }
    return random.draw(lines.count, of: lines)
  }

  @Test(arguments: 0..<60) func `every way of asking finds the same rule as trying each rule by itself`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let lines = Self.lines(&random)
    let file = CodeOwnersParser().parse(lines.joined(separator: "\n"))
    let alone = lines.map { CodeOwnersParser().parse($0) }
    let paths = (0..<80).map { _ in Self.path(&random, least: 1) }
    let expected = paths.map { path in alone.lastIndex { $0.ruleIndex(for: path) != nil } }
    #expect(paths.map { file.ruleIndex(for: $0) } == expected)
    var cursor = CodeOwnersCursor(file)
    #expect(paths.map { cursor.ruleIndex(for: $0) } == expected)
    let sorted = paths.indices.sorted { paths[$0] < paths[$1] }
    #expect(file.ruleIndices(ofSorted: sorted.map { paths[$0] }) == sorted.map { expected[$0] })
  }
}
