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
  fileprivate static var slashWidth: Int { 32 }

  /// The places of the slashes among the next 32 bytes, a bit each.
  @inline(__always)
  fileprivate func slashes(from start: Int) -> UInt64 {
    // The last 32 of the path are looked at again rather than fewer.
    let first = min(start, byteCount &- Self.slashWidth)
    guard first >= 0 else { return fewSlashes(from: start) }
    let slashes =
      word(at: first).slashBits | word(at: first &+ 8).slashBits &<< 8 | word(at: first &+ 16).slashBits &<< 16
      | word(at: first &+ 24).slashBits &<< 24
    return slashes &>> UInt64(truncatingIfNeeded: start &- first)
  }

  /// Apart, so that it does not weigh on those who never come here.
  @inline(never)
  private func fewSlashes(from start: Int) -> UInt64 {
    var mask: UInt64 = 0
    for place in stride(from: start, to: byteCount, by: 8) {
      mask |= word(from: place, to: min(place &+ 8, byteCount)).slashBits &<< UInt64(truncatingIfNeeded: place &- start)
    }
    return mask
  }
}

extension UInt64 {
  /// Which of the eight bytes are slashes, a bit each.
  @inline(__always)
  fileprivate var slashBits: UInt64 {
    let others = self ^ 0x2F2F_2F2F_2F2F_2F2F
    let high: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
    // The highest bit of each byte that is a slash, and no other bit: nothing is carried from byte to byte.
    let slashes = ~(((others & high) &+ high) | others | high)
    // The product gathers them.
    return ((slashes &>> 7) &* 0x0102_0408_1020_4080) &>> 56
  }
}
