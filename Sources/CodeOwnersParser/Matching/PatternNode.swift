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
  /// Which lengths its names have, those from 63 on as one.
  var lengths: UInt64 = 0
  /// The node that leads here by a name, and the name.
  var parent: Int32 = -1
  var nameStart: UInt32 = 0
  var nameCount: UInt32 = 0

  /// Whether more than names lead on.
  var isFork: Bool { anyOne != 0 || loop != 0 || globs >= 0 }

  var nameRange: Range<Int> { Int(nameStart)..<Int(nameStart + nameCount) }

  @inline(__always)
  static func lengthBit(_ count: Int) -> UInt64 { 1 &<< UInt64(truncatingIfNeeded: min(count, 63)) }
}
