/// A pattern of names alone, as most are. It stays where it stands in the file.
struct PlainPattern {
  /// The names, with slashes between them.
  let names: Range<Int>
  /// Whether it fits at any depth: one name, without a slash before it.
  let floats: Bool
  /// Whether it means what is inside: a slash stands at its end.
  let isFolder: Bool

  /// Takes the pattern in a range that is not empty; `nil` for one that has signs, or nothing between two slashes.
  init?(_ range: Range<Int>, of bytes: [UInt8]) {
    let isAnchored = bytes[range.lowerBound] == .slash
    isFolder = bytes[range.upperBound - 1] == .slash
    let (start, end) = (range.lowerBound + (isAnchored ? 1 : 0), range.upperBound - (isFolder ? 1 : 0))
    guard start < end, bytes[end - 1] != .slash, let hasSlash = bytes.span.bytes.hasSlashBetweenNames(in: start..<end) else {
      return nil
    }
    names = start..<end
    floats = !isAnchored && !hasSlash
  }
}

extension RawSpan {
  /// Whether there are slashes in a range, each behind a name; `nil` when one is not, or there are signs.
  @inline(__always)
  fileprivate func hasSlashBetweenNames(in range: Range<Int>) -> Bool? {
    var (hasSlash, wasSlash, place) = (false, UInt64(1), range.lowerBound)
    while place < range.upperBound {
      let block = block(at: place)
      let mask: UInt64 = range.upperBound &- place < ByteBlock.width ? 1 &<< UInt64(range.upperBound &- place) &- 1 : .max
      guard block.signs.isEmpty || block.signs.bits & mask == 0 else { return nil }
      let slashes = block.places(of: .slash).bits & mask
      guard slashes & (slashes &<< 1 | wasSlash) == 0 else { return nil }
      hasSlash = hasSlash || slashes != 0
      wasSlash = slashes &>> UInt64(ByteBlock.width &- 1)
      place &+= ByteBlock.width
    }
    return hasSlash
  }
}
