import KoalrTesting
import Testing

@testable import KoalrCodeOwnersParser

/// Patterns of names alone, which are read in a way of their own, against the way of all others.
struct PlainPatternTests {
  /// What the way of all patterns makes of one, when it is names alone.
  private static func expected(_ bytes: [UInt8]) throws -> (names: [String], floats: Bool, isFolder: Bool)? {
    var pattern = Pattern()
    guard (try? GitHubPatternReader.read(bytes.indices, of: bytes, into: &pattern)) != nil else { return nil }
    var names: [String] = []
    for segment in pattern.segments {
      if case .literal(let range) = segment { names.append(String(decoding: pattern.bytes[range], as: UTF8.self)) }
    }
    let (floats, isFolder) = (pattern.segments.first == .anyDepth, pattern.segments.last == .anyDepth)
    let others = pattern.segments.count - (floats ? 1 : 0) - (isFolder ? 1 : 0)
    let hasSigns = bytes.contains { Array("*?[]\\".utf8).contains($0) }
    return hasSigns || names.isEmpty || others != names.count ? nil : (names, floats, isFolder)
  }

  @Test(arguments: 0..<8) func `names alone are read as all patterns are`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3_000 {
      let count = random.number(in: 1...(random.chance(0.3) ? 50 : 8))
      let signs = random.chance(0.2) ? "ab/*?\\[" : "abcdefgh/"
      let text = (0..<count).map { _ in random.chance(0.3) ? UInt8.slash : random.pick(Array(signs.utf8)) ?? 0 }
      // What stands behind a pattern is none of it.
      let bytes = text + Array(" *?/[a]".utf8.prefix(random.number(in: 0...7)))
      let plain = PlainPattern(text.indices, of: bytes)
      let expected = try Self.expected(text)
      let comment = Comment(rawValue: String(decoding: text, as: UTF8.self))
      #expect((plain == nil) == (expected == nil), comment)
      guard let plain, let expected else { continue }
      let names = bytes[plain.names].split(separator: .slash, omittingEmptySubsequences: false)
      #expect(names.map { String(decoding: $0, as: UTF8.self) } == expected.names, comment)
      #expect((plain.floats, plain.isFolder) == (expected.floats, expected.isFolder), comment)
    }
  }

  @Test func `names that are escaped lead to the same place as plain ones`() {
    let file = CodeOwnersParser().parse("/src/api/ @a\n/src/\\api/v1 @b\n/src/api/v1 @c\n\\src @d\n")
    #expect(file.contents.matcher?.nodes.count == 6)
    #expect(file.rule(for: "src/api/v1/x")?.line == 4)
    #expect(file.rule(for: "x/src")?.line == 4)
  }
}
