/// Where the segments of a path end.
///
/// Looks at 32 bytes at once, and keeps what it found as bits, so that nothing begins anew after each slash.
struct Slashes: BitwiseCopyable {
  /// The slashes among the bytes from `base` to `seen`, which are at most 64, a bit each.
  private var bits: UInt64
  private var base: Int
  private var seen: Int

  /// Looks at the first bytes of a path from a place on.
  @inline(__always)
  init(_ path: RawSpan, from start: Int = 0) {
    bits = path.slashes(from: start)
    base = start
    seen = start &+ RawSpan.slashWidth
  }

  /// Returns what is known from a place on, which may lie before the bytes that this one is about.
  @inline(__always)
  func starting(at start: Int, of path: RawSpan) -> Self { start >= base ? self : Self(path, from: start) }

  /// Returns where the segment that begins at `start` ends: at the next slash, or with the path. Places only grow from call to call.
  @inline(__always)
  mutating func end(from start: Int, of path: RawSpan) -> Int {
    if let end = known(from: start) { return end }
    while seen < path.byteCount {
      lookOn(path)
      if let end = known(from: max(start, base)) { return end }
    }
    return path.byteCount
  }

  @inline(__always)
  private func known(from place: Int) -> Int? {
    guard place < seen else { return nil }
    let rest = bits &>> UInt64(truncatingIfNeeded: place &- base)
    return rest == 0 ? nil : place &+ rest.trailingZeroBitCount
  }

  @inline(__always)
  private mutating func lookOn(_ path: RawSpan) {
    let next = path.slashes(from: seen)
    if seen &- base < UInt64.bitWidth {
      bits |= next &<< UInt64(truncatingIfNeeded: RawSpan.slashWidth)
    } else {
      (bits, base) = (next, seen)
    }
    seen &+= RawSpan.slashWidth
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
    return slashes(at: first, and: ByteBlock.width) &>> UInt64(truncatingIfNeeded: start &- first)
  }

  /// The slashes of two blocks, the second of which lies `distance` behind the first.
  @inline(__always)
  private func slashes(at first: Int, and distance: Int) -> UInt64 {
    let second = ByteBlock(self, at: first &+ distance).places(of: .slash)
    return ByteBlock(self, at: first).places(of: .slash).bits(before: second, by: distance)
  }

  /// Apart, so that it does not weigh on those who never come here.
  @inline(never)
  private func fewSlashes(from start: Int) -> UInt64 {
    let last = byteCount &- ByteBlock.width
    if last >= start { return slashes(at: start, and: last &- start) }
    var mask: UInt64 = 0
    for place in start..<byteCount where byte(at: place) == .slash { mask |= 1 &<< UInt64(truncatingIfNeeded: place &- start) }
    return mask
  }
}
