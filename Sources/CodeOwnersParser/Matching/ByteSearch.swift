extension RawSpan {
  /// Calls a function with every place where something is found, sixteen bytes at a time. It must not find zeros.
  @inline(__always)
  func forEachPlace(_ find: (ByteBlock) -> ByteBlock.Places, _ body: (Int) -> Void) {
    var place = 0
    while place < byteCount {
      var bits = find(block(at: place)).bits
      while bits != 0 {
        body(place &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
      place &+= ByteBlock.width
    }
  }

  /// Where something is found first in a range, or the range's end.
  @inline(__always)
  func firstPlace(in range: Range<Int>, _ find: (ByteBlock) -> ByteBlock.Places) -> Int {
    var place = range.lowerBound
    while place < range.upperBound {
      let bits = find(block(at: place)).bits
      if bits != 0 { return min(place &+ bits.trailingZeroBitCount, range.upperBound) }
      place &+= ByteBlock.width
    }
    return range.upperBound
  }

  /// The next sixteen bytes; beyond the end there are zeros.
  @inline(__always)
  func block(at place: Int) -> ByteBlock {
    place &+ ByteBlock.width <= byteCount ? ByteBlock(self, at: place) : ByteBlock(endOf: self, from: place)
  }
}

extension ByteBlock {
  /// Where a blank is.
  @inline(__always)
  var blanks: Places { places(of: 0x20).union(places(of: 0x09)) }

  @inline(__always)
  var letters: Places {
    places(from: UInt8(ascii: "a"), to: UInt8(ascii: "z")).union(places(from: UInt8(ascii: "A"), to: UInt8(ascii: "Z")))
  }

  @inline(__always)
  var digits: Places { places(from: UInt8(ascii: "0"), to: UInt8(ascii: "9")) }

  /// Where a byte is that is more than itself in a pattern, other than a slash.
  @inline(__always)
  var signs: Places {
    places(of: .star).union(places(of: .question)).union(places(of: .backslash))
      .union(places(of: .openingBracket)).union(places(of: .closingBracket))
  }
}
