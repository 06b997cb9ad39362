/// Sixteen bytes of a path, looked at together.
///
/// Casting them to two words is sound: both have sixteen bytes, and whatever bytes they are, they are two words.
struct ByteBlock {
  static let width = 16

  private let bytes: SIMD16<UInt8>

  /// Takes the bytes from a place on, all of which there are.
  @inline(__always)
  init(_ source: borrowing some ByteSource & ~Escapable, at place: Int) { bytes = source.load(at: place, as: SIMD16<UInt8>.self) }

  /// Takes the bytes from a place on, up to sixteen, and zeros for those that are missing.
  @inline(never)
  init(endOf path: RawSpan, from place: Int) {
    let (middle, end) = (min(place &+ 8, path.byteCount), path.byteCount)
    let words = SIMD2(path.word(from: place, to: middle).littleEndian, path.word(from: middle, to: end).littleEndian)
    bytes = unsafeBitCast(words, to: SIMD16<UInt8>.self)
  }

  /// Where a byte is.
  @inline(__always)
  func places(of byte: UInt8) -> Places {
    let mask: SIMDMask<SIMD16<Int8>> = bytes .== SIMD16<UInt8>(repeating: byte)
    return Places(words: unsafeBitCast(mask, to: SIMD2<UInt64>.self))
  }

  /// Where a byte is from one to another.
  @inline(__always)
  func places(from first: UInt8, to last: UInt8) -> Places {
    let mask: SIMDMask<SIMD16<Int8>> = bytes &- SIMD16<UInt8>(repeating: first) .<= SIMD16<UInt8>(repeating: last &- first)
    return Places(words: unsafeBitCast(mask, to: SIMD2<UInt64>.self))
  }

  @inline(__always)
  func isSame(as other: Self) -> Bool {
    let difference = unsafeBitCast(bytes ^ other.bytes, to: SIMD2<UInt64>.self)
    return difference[0] | difference[1] == 0
  }

  /// The first place at which another block has another byte; `nil` when there is none.
  @inline(__always)
  func difference(from other: Self) -> Int? {
    let (mine, others) = (unsafeBitCast(bytes, to: SIMD2<UInt64>.self), unsafeBitCast(other.bytes, to: SIMD2<UInt64>.self))
    let (first, second) = (mine[0].littleEndian ^ others[0].littleEndian, mine[1].littleEndian ^ others[1].littleEndian)
    if first | second == 0 { return nil }
    return first != 0 ? first.trailingZeroBitCount / 8 : 8 &+ second.trailingZeroBitCount / 8
  }

  /// Some of the sixteen places.
  struct Places {
    /// All bits of the bytes that are among them, none of the others.
    fileprivate let words: SIMD2<UInt64>

    var isEmpty: Bool {
      @inline(__always) get { words[0] | words[1] == 0 }
    }

    /// The places as bits.
    var bits: UInt64 {
      @inline(__always) get { words[0].littleEndian.gathered | words[1].littleEndian.gathered &<< 8 }
    }

    /// The places of two blocks as bits, the other one's `distance` behind.
    ///
    /// One after the other: as a tree, the compiler makes vectors of it, which cost more.
    @inline(__always)
    func bits(before other: Self, by distance: Int) -> UInt64 {
      let shift = UInt64(truncatingIfNeeded: distance)
      let second = (other.words[1].littleEndian.gathered &<< 8 | other.words[0].littleEndian.gathered) &<< shift
      return (second | words[1].littleEndian.gathered &<< 8) | words[0].littleEndian.gathered
    }

    @inline(__always)
    func intersection(_ other: Self) -> Self { Self(words: words & other.words) }

    var others: Self {
      @inline(__always) get { Self(words: ~words) }
    }

    @inline(__always)
    func union(_ other: Self) -> Self { Self(words: words | other.words) }
  }
}

extension UInt64 {
  /// The highest bits of the eight bytes side by side.
  @inline(__always)
  var gathered: UInt64 {
    // Bit 8i + 7 times 2 to the power of 57 - 7i is bit i of the upper half, and no two of the products meet.
    (self & 0x8080_8080_8080_8080).multipliedFullWidth(by: 0x0204_0810_2040_8100).high & 0xFF
  }
}

extension RawSpan {
  /// Where the segment that begins at `start` ends: at the next slash, or with the bytes.
  @inline(__always)
  func endOfSegment(from start: Int) -> Int {
    let lastBlock = byteCount &- ByteBlock.width
    guard lastBlock >= 0 else { return endOfSegmentInFew(from: start) }
    var place = start
    while place < byteCount {
      let from = min(place, lastBlock)
      let slashes = ByteBlock(self, at: from).places(of: .slash)
      if !slashes.isEmpty {
        let bits = slashes.bits &>> UInt64(truncatingIfNeeded: place &- from)
        if bits != 0 { return place &+ bits.trailingZeroBitCount }
      }
      place = from &+ ByteBlock.width
    }
    return byteCount
  }

  @inline(never)
  private func endOfSegmentInFew(from start: Int) -> Int {
    var place = start
    while place < byteCount, byte(at: place) != .slash { place &+= 1 }
    return place
  }

  /// Whether `count` bytes of others, at least one, are somewhere in a range.
  ///
  /// Looks where both the first and the last byte fit, sixteen places at a time. At worst that costs both lengths multiplied.
  func contains(from start: Int, to end: Int, _ other: Frozen<UInt8>, from otherStart: Int, count: Int) -> Bool {
    let (first, last) = (other.byte(at: otherStart), other.byte(at: otherStart &+ count &- 1))
    // The last block is shifted back rather than cut.
    let lastBlock = byteCount &- ByteBlock.width &- (count &- 1)
    guard lastBlock >= 0 else { return containsInFew(from: start, to: end, other, from: otherStart, count: count) }
    var place = start
    while place &+ count <= end {
      let from = min(place, lastBlock)
      let hits = ByteBlock(self, at: from).places(of: first)
        .intersection(ByteBlock(self, at: from &+ count &- 1).places(of: last))
      if !hits.isEmpty, contains(hits, from: from, start: place, to: end, other, from: otherStart, count: count) { return true }
      place = from &+ ByteBlock.width
    }
    return false
  }

  /// Whether the bytes are at one of the places from `from` on that are hits and lie in a range. Apart, as hits are rare.
  @inline(never)
  private func contains(
    _ hits: ByteBlock.Places, from: Int, start: Int, to end: Int, _ other: Frozen<UInt8>, from otherStart: Int, count: Int
  ) -> Bool {
    var bits = hits.bits &>> UInt64(truncatingIfNeeded: start &- from)
    while bits != 0 {
      let hit = start &+ bits.trailingZeroBitCount
      if hit &+ count <= end, equals(from: hit, other, from: otherStart, count: count) { return true }
      bits &= bits &- 1
    }
    return false
  }

  @inline(never)
  private func containsInFew(from start: Int, to end: Int, _ other: Frozen<UInt8>, from otherStart: Int, count: Int) -> Bool {
    var place = start
    while place &+ count <= end {
      if equals(from: place, other, from: otherStart, count: count) { return true }
      place &+= 1
    }
    return false
  }
}
