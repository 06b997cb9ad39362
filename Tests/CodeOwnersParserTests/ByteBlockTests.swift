import KoalrTesting
import Testing

@testable import KoalrCodeOwnersParser

/// What is looked at in blocks against what is looked at byte by byte, for every length and place.
struct ByteBlockTests {
  /// Texts of up to 90 bytes, of few different ones.
  private static func texts(seed: UInt64) -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    return (0...90).map { length in
      (0..<length).map { _ in random.chance(0.1) ? .slash : random.pick(Array("ab\u{0}\u{FF}/".utf8)) ?? 0 }
    }
  }

  /// Longer than what is kept of slashes at once.
  private static func longTexts(seed: UInt64) -> [[UInt8]] {
    var random = SeededGenerator(seed: seed)
    return (0..<40).map { _ in
      (0..<random.number(in: 60...300)).map { _ in random.chance(0.02) ? .slash : random.pick(Array("ab".utf8)) ?? 0 }
    }
  }

  private static func ends(of text: [UInt8]) -> [Int] { text.indices.filter { text[$0] == .slash } + [text.count] }

  @Test(arguments: 0..<8) func `slashes are found wherever they are`(seed: UInt64) {
    for text in Self.texts(seed: seed) + Self.longTexts(seed: seed) {
      let (ends, path) = (Self.ends(of: text), text.span.bytes)
      for first in text.indices {
        var (slashes, start) = (Slashes(path, from: first), first)
        for end in ends where end >= first {
          #expect(slashes.end(from: start, of: path) == end)
          start = end + 1
        }
        #expect(path.endOfSegment(from: first) == ends.first { $0 >= first })
      }
    }
  }

  @Test(arguments: 0..<8) func `what is known of slashes serves a later place and an earlier one`(seed: UInt64) {
    for text in Self.texts(seed: seed) + Self.longTexts(seed: seed) where !text.isEmpty {
      let (ends, path) = (Self.ends(of: text), text.span.bytes)
      var slashes = Slashes(path)
      for end in ends { _ = slashes.end(from: end, of: path) }
      for start in text.indices {
        var again = slashes.starting(at: start, of: path)
        #expect(again.end(from: start, of: path) == ends.first { $0 >= start })
      }
    }
  }

  @Test(arguments: 0..<8) func `the number of a beginning does not depend on what follows`(seed: UInt64) {
    for text in Self.texts(seed: seed) + Self.longTexts(seed: seed) {
      let (ends, path) = (Self.ends(of: text), text.span.bytes)
      var whole = PrefixHash(seed: seed)
      for (number, end) in ends.enumerated() {
        whole.advance(to: end, of: path, head: path.head)
        let beginning = path.extracting(0..<end)
        var part = PrefixHash(seed: seed)
        for end in ends[...number] { part.advance(to: end, of: beginning, head: beginning.head) }
        #expect(part.value == whole.value)
      }
    }
  }

  @Test(arguments: 0..<8) func `what a path begins with is compared to its last byte`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for text in Self.texts(seed: seed) {
      for count in 0...text.count {
        var other = Array("xyz".utf8) + text[..<count]
        let isOther = count > 0 && random.chance(0.5)
        if isOther { other[3 + random.number(in: 0...count - 1)] ^= 1 }
        let frozen = Frozen(other)
        defer { frozen.deallocate() }
        #expect(text.span.bytes.begins(with: frozen, from: 3, count: count) == !isOther)
      }
    }
  }

  @Test(arguments: 0..<8) func `what two paths begin with is counted`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for text in Self.texts(seed: seed) {
      var other = text + Array("tail".utf8.prefix(random.number(in: 0...4)))
      if !text.isEmpty, random.chance(0.8) { other[random.number(in: 0...text.count - 1)] ^= 1 }
      let common = zip(text, other).prefix { $0 == $1 }.count
      #expect(text.span.bytes.commonPrefix(with: other.span.bytes) == common)
      #expect(other.span.bytes.commonPrefix(with: text.span.bytes) == common)
    }
  }

  @Test(arguments: 0..<8) func `bytes are found wherever they are, and nowhere else`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for text in Self.texts(seed: seed) where !text.isEmpty {
      for _ in 0..<20 {
        let start = random.number(in: 0...text.count - 1)
        let end = random.number(in: start...text.count)
        let first = random.number(in: 0...text.count - 1)
        var wanted = Array(text[first...].prefix(random.number(in: 1...20)))
        if random.chance(0.3) { wanted[random.number(in: 0...wanted.count - 1)] ^= 1 }
        let isThere = (start...end).contains { text[$0..<end].starts(with: wanted) }
        let frozen = Frozen(wanted)
        defer { frozen.deallocate() }
        #expect(text.span.bytes.contains(from: start, to: end, frozen, from: 0, count: wanted.count) == isThere)
      }
    }
  }

  @Test(arguments: 0..<8) func `bytes of a kind are found in every range`(seed: UInt64) {
    for text in Self.texts(seed: seed) {
      var places: [Int] = []
      text.span.bytes.forEachPlace({ $0.places(of: 0x61).union($0.places(of: .slash)) }) { places.append($0) }
      #expect(places == text.indices.filter { text[$0] == 0x61 || text[$0] == .slash })
      for start in text.indices {
        let range = start..<min(start + 40, text.count)
        #expect(
          text.span.bytes.firstPlace(in: range) { $0.places(of: .slash) } == range.first { text[$0] == .slash }
            ?? range.upperBound)
        let other = text.span.bytes.firstPlace(in: range) { $0.places(of: 0x62).others }
        #expect(other == range.first { text[$0] != 0x62 } ?? range.upperBound)
      }
    }
  }

  @Test func `a word up to a place has zeros for what lies before the beginning`() {
    let text = Array("abcdefghijkl".utf8)
    for end in 0...text.count {
      let expected = text[..<end].suffix(8).reversed().enumerated().reduce(UInt64(0)) { word, byte in
        word | UInt64(byte.element) << UInt64(56 - 8 * byte.offset)
      }
      #expect(text.span.bytes.word(to: end) == expected)
    }
  }
}
