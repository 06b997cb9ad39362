extension RawSpan {
  /// Whether this begins with `count` bytes of others.
  @inline(__always)
  func begins(with other: Frozen<UInt8>, from otherStart: Int, count: Int) -> Bool {
    let last = count &- ByteBlock.width
    guard last >= 0 else { return beginsWithFew(other, from: otherStart, count: count) }
    // Most are two blocks, which may lie over each other.
    return ByteBlock(self, at: 0).isSame(as: ByteBlock(other, at: otherStart))
      && ByteBlock(self, at: last).isSame(as: ByteBlock(other, at: otherStart &+ last))
      && (last <= ByteBlock.width || hasSameMiddle(as: other, from: otherStart, to: last))
  }

  @inline(never)
  private func beginsWithFew(_ other: Frozen<UInt8>, from otherStart: Int, count: Int) -> Bool {
    guard count >= 8 else { return word(from: 0, to: count) == other.word(from: otherStart, to: otherStart &+ count) }
    return word(at: 0) == other.word(at: otherStart) && word(at: count &- 8) == other.word(at: otherStart &+ count &- 8)
  }

  /// Whether what lies between the first block and a place is the same.
  @inline(never)
  private func hasSameMiddle(as other: Frozen<UInt8>, from otherStart: Int, to last: Int) -> Bool {
    var place = ByteBlock.width
    while place < last {
      guard ByteBlock(self, at: place).isSame(as: ByteBlock(other, at: otherStart &+ place)) else { return false }
      place &+= ByteBlock.width
    }
    return true
  }

  /// How many bytes this and another span begin with in common.
  @inline(__always)
  func commonPrefix(with other: RawSpan) -> Int {
    let limit = min(byteCount, other.byteCount)
    let lastBlock = limit &- ByteBlock.width
    guard lastBlock >= 0 else { return common(from: 0, other, from: 0, limit: limit) }
    var place = 0
    while place < limit {
      // The last block is shifted back rather than cut.
      let from = min(place, lastBlock)
      let difference = ByteBlock(self, at: from).difference(from: ByteBlock(other, at: from))
      if let difference { return from &+ difference }
      place = from &+ ByteBlock.width
    }
    return limit
  }
}
