extension GlobTable {
  /// The globs of one node.
  struct Group: BitwiseCopyable, Sendable {
    /// The bits of the two bytes that the prefixes begin with; all where one byte is enough.
    var firstPairs: UInt64 = 0
    /// The bits of the bytes that the suffixes end with, as many as the shortest has and at most eight.
    var lastBits: UInt64 = 0
    /// Where these bytes are among the last eight of a segment.
    var lastMask: UInt64 = 0
    /// How many bytes the shortest suffix has; more than any segment where there is none.
    var leastLast = Int32.max
    var prefixes = IndexRange()
    var suffixes = IndexRange()
    var others = IndexRange()

    /// Whether nothing but suffixes leads on.
    var hasOnlySuffixes: Bool { firstPairs == 0 && others.start == others.end }

    static func pairBit(_ outer: UInt8, _ inner: UInt8) -> UInt64 {
      1 &<< (UInt64(outer) &* 5 &+ UInt64(inner))
    }

    /// Two bits, so that other endings seldom have both.
    @inline(__always)
    static func wordBits(_ word: UInt64) -> UInt64 {
      let product = word &* 0x9E37_79B9_7F4A_7C15
      return 1 &<< (product &>> 58) | 1 &<< (product &>> 52)
    }

    /// Whether a segment that is not empty begins, or ends, as some of the globs do.
    @inline(__always)
    func mayMatch(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
      others.start != others.end || mayHavePrefix(text, from: start, to: end) || mayHaveSuffix(text, from: start, to: end)
    }

    @inline(__always)
    func mayHavePrefix(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
      guard firstPairs != 0 else { return false }
      let inner = end &- start > 1 ? text.byte(at: start &+ 1) : 0
      return firstPairs & Self.pairBit(text.byte(at: start), inner) != 0
    }

    @inline(__always)
    func mayHaveSuffix(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
      guard end &- start >= Int(leastLast) else { return false }
      let bits = Self.wordBits(text.word(to: end) & lastMask)
      return lastBits & bits == bits
    }
  }
}
