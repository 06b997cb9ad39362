/// A number for the beginning of a path, carried on segment by segment, that nobody can predict who does not know the seed.
struct PrefixHash: BitwiseCopyable, Sendable {
  private(set) var value: UInt64
  private let secret: UInt64
  /// Where the segment begins that is next.
  private var start = 0

  init(seed: UInt64) {
    value = seed
    secret = seed.folded
  }

  /// Goes on to where the next segment of a path ends, which begins with those before. `head` are its first seven bytes.
  ///
  /// Takes the sixteen bytes before that place, of whatever segments, as most segments are no longer: what is taken depends on nothing
  /// but the beginning of the path.
  @inline(__always)
  mutating func advance(to end: Int, of path: some ByteSource & ~Escapable, head: UInt64) {
    while start &+ 16 < end {
      take(path.word(at: start), path.word(at: start &+ 8))
      start &+= 16
    }
    let last = end >= 8 ? path.word(at: end &- 8) : 0
    let first = end >= 16 ? path.word(at: end &- 16) : head &<< UInt64(truncatingIfNeeded: 56 &- 8 &* (end & 7))
    take(first ^ UInt64(truncatingIfNeeded: end), last)
    start = end &+ 1
  }

  @inline(__always)
  private mutating func take(_ first: UInt64, _ second: UInt64) {
    let product = (first ^ secret).multipliedFullWidth(by: second ^ value)
    value = product.high ^ product.low
  }
}

extension ByteSource where Self: ~Escapable {
  /// The first seven bytes, the first as the second lowest of eight; those that are missing as zeros.
  @inline(__always)
  var head: UInt64 { (byteCount >= 8 ? word(at: 0) : word(from: 0, to: byteCount)) &<< 8 }
}
