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
    /// The last rule that any of the globs may lead to.
    var best: Int32 = -1
    var prefixes = IndexRange()
    var suffixes = IndexRange()
    var others = IndexRange()

    /// Whether nothing but suffixes leads on.
    var hasOnlySuffixes: Bool { firstPairs == 0 && others.start == others.end }

    static func pairBit(_ outer: UInt8, _ inner: UInt8) -> UInt64 {
      1 &<< (UInt64(outer) &* 5 &+ UInt64(inner))
    }

    /// Two places among 64, so that other endings seldom have both.
    @inline(__always)
    static func wordPlaces(_ word: UInt64) -> (UInt64, UInt64) {
      let product = word &* 0x9E37_79B9_7F4A_7C15
      return (product &>> 58, product &>> 52)
    }

    static func wordBits(_ word: UInt64) -> UInt64 {
      let places = wordPlaces(word)
      return 1 &<< places.0 | 1 &<< places.1
    }

    /// Whether a segment that is not empty begins, or ends, as some of the globs do.
    @inline(__always)
    func mayMatch(_ text: RawSpan, from start: Int, to end: Int, triesOthers: Bool = true) -> Bool {
      (triesOthers && others.start != others.end) || mayHavePrefix(text, from: start, to: end)
        || mayHaveSuffix(text, from: start, to: end)
    }

    @inline(__always)
    func mayHavePrefix(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
      guard firstPairs != 0 else { return false }
      let inner = end &- start > 1 ? text.byte(at: start &+ 1) : 0
      return firstPairs & Self.pairBit(text.byte(at: start), inner) != 0
    }

    /// The length is looked at last: it is as likely to fit as not, which processors guess badly, and endings seldom do.
    @inline(__always)
    func mayHaveSuffix(_ text: RawSpan, from start: Int, to end: Int) -> Bool {
      let places = Self.wordPlaces(text.word(to: end) & lastMask)
      return lastBits &>> places.0 & 1 != 0 && lastBits &>> places.1 & 1 != 0 && end &- start >= Int(leastLast)
    }
  }
}

extension GlobTable {
  /// Whether any glob that neither begins nor ends with bytes may fit one of the segments of a part of a path.
  ///
  /// What stands between two runs has no slash, so one look at all the segments tells when it is in none of them.
  @inline(__always)
  func mayHaveOthers(_ group: Int, _ text: RawSpan, from start: Int, to end: Int, floor: Int32) -> Bool {
    let others = groups[group].others
    return others.start != others.end && mayHave(others, text, from: start, to: end, floor: floor)
  }

  @inline(never)
  private func mayHave(_ others: IndexRange, _ text: RawSpan, from start: Int, to end: Int, floor: Int32) -> Bool {
    for place in others.range {
      let edge = edges[place]
      guard edge.best > floor else { return false }
      guard edge.isSimple, edge.middle > 0 else { return true }
      if text.contains(from: start, to: end, bytes, from: Int(edge.literal), count: Int(edge.middle)) { return true }
    }
    return false
  }
}
