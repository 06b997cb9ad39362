/// A number for the beginning of a path, carried on word by word, that nobody can predict who does not know the seed.
struct PrefixHash: BitwiseCopyable, Sendable {
  /// What the whole words so far make.
  private var words: UInt64
  private var count = 0

  init(seed: UInt64) { words = seed }

  /// Goes on to a place of a path that begins with what was added, and returns the number for all that lies before.
  @inline(__always)
  mutating func advance(to place: Int, of path: RawSpan) -> UInt64 {
    while count &+ 8 <= place {
      words = (words ^ path.word(at: count)).folded
      count &+= 8
    }
    return Self.value(words, rest: path.word(from: count, to: place), count: place)
  }

  @inline(__always)
  private static func value(_ words: UInt64, rest: UInt64, count: Int) -> UInt64 {
    (words ^ rest &+ UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15).folded
  }
}
