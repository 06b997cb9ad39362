/// A place in the tree of all patterns: what it says about a path that came here, and where it leads.
struct PatternNode: BitwiseCopyable, Sendable {
  /// The last rule that matches when the path ends here; -1 for none, as below.
  var here: Int32 = -1
  /// The last that matches when it goes on.
  var below: Int32 = -1
  /// The last that may match further down: whether it is worth going on.
  var deep: Int32 = -1
  /// Where `*` leads; 0 when nowhere, as nothing leads back to the root.
  var anyOne: Int32 = 0
  /// The node that stays alive over any number of segments, once this one is reached; 0 when there is none.
  var loop: Int32 = 0
  /// The group of globs that lead on, or -1.
  var globs: Int32 = -1
  /// The bits of the names that lead on.
  var nameBits: UInt64 = 0
  /// The node that leads here by a name, and the name.
  var parent: Int32 = -1
  var nameStart: UInt32 = 0
  var nameCount: UInt32 = 0

  /// The last rule of all that are here or further down.
  var best: Int32 { max(here, below, deep) }

  /// Whether more than names lead on.
  var isFork: Bool { anyOne != 0 || loop != 0 || globs >= 0 }

  /// Whether nothing but globs lead on.
  var hasOnlyGlobs: Bool { nameBits == 0 && anyOne == 0 && globs >= 0 }

  var nameRange: Range<Int> { Int(nameStart)..<Int(nameStart + nameCount) }

  /// The bit of a name among the 64 that a node has for all of its names.
  @inline(__always)
  static func nameBit(_ text: some ByteSource & ~Escapable, from start: Int, to end: Int) -> UInt64 {
    guard end > start else { return 1 }
    return 1 &<< (UInt64(text.byte(at: start)) &+ UInt64(truncatingIfNeeded: end &- start) &* 9)
  }
}
