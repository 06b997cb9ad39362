/// Bytes of a path or a pattern, eight at a time. Every access is checked against the bounds.
protocol ByteSource: ~Escapable {
  var byteCount: Int { get }
  /// A number, or a vector of them, that begins at a place.
  func load<Number: BitwiseCopyable>(at place: Int, as: Number.Type) -> Number
}

extension ByteSource where Self: ~Escapable {
  /// How many places a number of some size begins at.
  @inline(__always)
  func places<Number>(of _: Number.Type) -> UInt {
    let count = byteCount &- (MemoryLayout<Number>.size &- 1)
    // Zero instead of less, without a branch.
    return UInt(bitPattern: count & ~(count &>> (Int.bitWidth &- 1)))
  }

  @inline(__always)
  func byte(at place: Int) -> UInt8 { load(at: place, as: UInt8.self) }

  /// Eight bytes, the first as the lowest.
  @inline(__always)
  func word(at place: Int) -> UInt64 { UInt64(littleEndian: load(at: place, as: UInt64.self)) }

  /// Up to eight bytes, those that are missing as zeros.
  @inline(__always)
  func word(from start: Int, to end: Int) -> UInt64 {
    let count = end &- start
    if count >= 8 { return word(at: start) }
    if start &+ 8 <= byteCount { return word(at: start) & (1 &<< UInt64(truncatingIfNeeded: count &* 8) &- 1) }
    if end >= 8, count > 0 { return word(at: end &- 8) &>> UInt64(truncatingIfNeeded: 64 &- count &* 8) }
    return fewBytes(from: start, to: end)
  }

  /// The eight bytes up to a place, the last as the highest; those before the beginning as zeros.
  @inline(__always)
  func word(to end: Int) -> UInt64 {
    if end >= 8 { return word(at: end &- 8) }
    guard end > 0 else { return 0 }
    return (byteCount >= 8 ? word(at: 0) : fewBytes(from: 0, to: end)) &<< UInt64(truncatingIfNeeded: 64 &- end &* 8)
  }

  /// Apart, so that it does not weigh on those who never come here.
  @inline(never)
  private func fewBytes(from start: Int, to end: Int) -> UInt64 {
    var result: UInt64 = 0
    for place in start..<end { result |= UInt64(byte(at: place)) &<< UInt64(truncatingIfNeeded: (place &- start) &* 8) }
    return result
  }

  /// A number for some bytes that nobody can predict who does not know the seed.
  @inline(__always)
  func hash(from start: Int, to end: Int, seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: end &- start)
    var place = start
    while end &- place > 8 {
      hash = (hash ^ word(at: place)).folded
      place &+= 8
    }
    return (hash ^ word(from: place, to: end)).folded
  }

  /// Whether `count` bytes from here are those of another span from there.
  @inline(__always)
  func equals(from start: Int, _ other: borrowing some ByteSource & ~Escapable, from otherStart: Int, count: Int) -> Bool {
    var offset = 0
    while count &- offset > 8 {
      guard word(at: start &+ offset) == other.word(at: otherStart &+ offset) else { return false }
      offset &+= 8
    }
    return word(from: start &+ offset, to: start &+ count)
      == other.word(from: otherStart &+ offset, to: otherStart &+ count)
  }

  /// How many bytes from here, at most `limit`, are those of another span from there.
  @inline(__always)
  func common(from start: Int, _ other: borrowing some ByteSource & ~Escapable, from otherStart: Int, limit: Int) -> Int {
    var offset = 0
    while offset &+ 8 <= limit {
      let difference = word(at: start &+ offset) ^ other.word(at: otherStart &+ offset)
      if difference != 0 { return offset &+ difference.trailingZeroBitCount / 8 }
      offset &+= 8
    }
    let difference =
      word(from: start &+ offset, to: start &+ limit) ^ other.word(from: otherStart &+ offset, to: otherStart &+ limit)
    return difference == 0 ? limit : offset &+ difference.trailingZeroBitCount / 8
  }

  /// How many bytes up to here, at most `limit`, are those of another span up to there.
  @inline(never)
  func commonBackwards(to end: Int, _ other: borrowing some ByteSource & ~Escapable, to otherEnd: Int, limit: Int) -> Int {
    var offset = 0
    while offset < limit, byte(at: end &- offset &- 1) == other.byte(at: otherEnd &- offset &- 1) { offset &+= 1 }
    return offset
  }
}

extension UInt64 {
  /// Both halves of a product with an odd constant, so that every bit depends on every other.
  @inline(__always)
  var folded: UInt64 {
    let product = multipliedFullWidth(by: 0xA076_1D64_78BD_642F)
    return product.high ^ product.low
  }
}
