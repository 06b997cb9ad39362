/// A part of a file's bytes, in half the room.
struct ByteRange: Hashable, Sendable {
  var start: UInt32
  var end: UInt32

  static let empty = Self(0..<0)

  init(_ range: Range<Int>) {
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    end = UInt32(truncatingIfNeeded: range.upperBound)
  }

  var isEmpty: Bool { start == end }
  var range: Range<Int> { Int(start)..<Int(end) }
}

/// The rules of a file as places in its bytes.
struct RuleTable: Sendable {
  struct Entry: Sendable {
    var line: Int32
    var pattern: ByteRange
    /// A number of `OwnerLists`.
    var owners: Int32
    /// An index into the sections, or -1.
    var section: Int32 = -1
    var isExclusion = false
    /// From `#` on; empty when there is none.
    var comment = ByteRange.empty
  }

  private var entries: [Entry] = []
  var ownerLists = OwnerLists()

  var count: Int { entries.count }
  subscript(index: Int) -> Entry { entries[index] }

  /// Adds a rule of a later line than those before and returns its index.
  @discardableResult
  mutating func append(_ entry: Entry) -> Int32 {
    entries.append(entry)
    return Int32(entries.count - 1)
  }

  func owners(of rule: Int) -> [Owner] { ownerLists[entries[rule].owners] }

  /// Returns the rule that stands on a line.
  func rule(atLine line: Int) -> Int? {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      if entries[middle].line < line { low = middle + 1 } else { high = middle }
    }
    return low < entries.count && entries[low].line == line ? low : nil
  }
}
