/// Finds slash after slash in a path.
///
/// Looks at 32 bytes at once and keeps what it found as bits, so that nothing begins anew after each slash.
struct Slashes {
  /// The slashes that were not given yet, as places from `base` on.
  private var mask: UInt64 = 0
  private var base: Int
  /// What lies before was looked at.
  private var seen: Int

  @inline(__always)
  init(from start: Int) { (base, seen) = (start, start) }

  /// Returns where the next slash is, or where the path ends.
  @inline(__always)
  mutating func next(in path: RawSpan) -> Int {
    while mask == 0 {
      guard seen < path.byteCount else { return path.byteCount }
      base = seen
      mask = path.slashes(from: base)
      seen = base &+ RawSpan.slashWidth
    }
    let place = base &+ mask.trailingZeroBitCount
    mask &= mask &- 1
    return place
  }
}

extension RawSpan {
  /// So many bytes are looked at together.
  fileprivate static var slashWidth: Int { 2 * ByteBlock.width }

  /// The places of the slashes among the next 32 bytes, a bit each.
  @inline(__always)
  fileprivate func slashes(from start: Int) -> UInt64 {
    // The last 32 of the path are looked at again rather than fewer.
    let first = min(start, byteCount &- Self.slashWidth)
    guard first >= 0 else { return fewSlashes(from: start) }
    return slashBits(at: first, and: first &+ ByteBlock.width) &>> UInt64(truncatingIfNeeded: start &- first)
  }

  /// The slashes of two blocks, as places from the first on.
  @inline(__always)
  private func slashBits(at first: Int, and second: Int) -> UInt64 {
    let bits = ByteBlock(self, at: second).places(of: .slash).bits
    return ByteBlock(self, at: first).places(of: .slash).bits | bits &<< UInt64(truncatingIfNeeded: second &- first)
  }

  /// Apart, so that it does not weigh on those who never come here.
  @inline(never)
  private func fewSlashes(from start: Int) -> UInt64 {
    let last = byteCount &- ByteBlock.width
    if last >= start { return slashBits(at: start, and: last) }
    var mask: UInt64 = 0
    for place in start..<byteCount where byte(at: place) == .slash { mask |= 1 &<< UInt64(truncatingIfNeeded: place &- start) }
    return mask
  }
}
