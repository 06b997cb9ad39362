/// The globs that lead on from nodes, found by what they begin or end with.
///
/// Globs of one node are sorted by their prefix, or by their suffix where fewer share it. Of those that a segment fits the one with
/// the longest prefix is found by halving, and the others are its `parent`s. Only globs that neither begin nor end with bytes are
/// tried one by one.
final class GlobTable: Sendable {
  /// What some globs of a node begin or end with.
  struct Affix: BitwiseCopyable, Sendable {
    var start: UInt32
    var count: UInt32
    /// The longest other one of the group that this one begins, or ends, with; -1 for none.
    var parent: Int32 = -1
    var edges = IndexRange()
  }

  struct Edge: BitwiseCopyable, Sendable {
    var child: Int32
    /// The last rule at the child or under it.
    var best: Int32 = -1
    var tokens: IndexRange
    /// Where the bytes of the prefix are, followed by those of the suffix and of the middle.
    var literal: UInt32
    var prefix: UInt16
    var suffix: UInt16
    /// The number of bytes between two runs when there is nothing else between prefix and suffix.
    var middle: UInt16
    /// The least number of bytes that fit.
    var minimum: UInt16
    /// Whether it is a prefix, a run, a suffix and perhaps a middle, and nothing else.
    var isSimple: Bool
  }

  /// A range of indices in half the room.
  struct IndexRange: BitwiseCopyable, Sendable {
    var start: Int32 = 0
    var end: Int32 = 0
    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// The ranges of a set of characters, indices into `ranges`.
  struct Characters: BitwiseCopyable, Sendable {
    var ranges: IndexRange
    var isNegated: Bool
  }

  struct CharacterRange: BitwiseCopyable, Sendable {
    var first: UInt32
    var last: UInt32
  }

  let groups: Frozen<Group>
  let affixes: Frozen<Affix>
  let edges: Frozen<Edge>
  let bytes: Frozen<UInt8>
  let tokens: Frozen<GlobToken>
  let sets: Frozen<Characters>
  let ranges: Frozen<CharacterRange>

  init(
    groups: [Group], affixes: [Affix], edges: [Edge], bytes: [UInt8], tokens: [GlobToken], sets: [Characters],
    ranges: [CharacterRange]
  ) {
    self.groups = Frozen(groups)
    self.affixes = Frozen(affixes)
    self.edges = Frozen(edges)
    self.bytes = Frozen(bytes)
    self.tokens = Frozen(tokens)
    self.sets = Frozen(sets)
    self.ranges = Frozen(ranges)
  }

  deinit {
    groups.deallocate()
    affixes.deallocate()
    edges.deallocate()
    bytes.deallocate()
    tokens.deallocate()
    sets.deallocate()
    ranges.deallocate()
  }

  func contains(_ scalar: UInt32, inSet number: Int) -> Bool {
    let set = sets[number]
    for place in set.ranges.range where ranges[place].first <= scalar && scalar <= ranges[place].last {
      return !set.isNegated
    }
    return set.isNegated
  }
}

extension GlobTable {
  /// Calls `body` with the child of every glob that fits a segment and may lead to a rule after `floor`.
  ///
  /// - Parameter body: returns what the floor is from now on.
  @inline(__always)
  func forEachMatch(
    _ group: Int, _ text: RawSpan, from start: Int, to end: Int, floor: Int32, _ body: (Int32) -> Int32
  ) {
    let group = groups[group]
    var floor = floor
    if group.mayHavePrefix(text, from: start, to: end) {
      let affix = longestPrefix(group.prefixes, text, from: start, to: end)
      tryAffixes(affix, text, from: start, to: end, &floor, body)
    }
    if group.mayHaveSuffix(text, from: start, to: end) {
      let affix = longestSuffix(group.suffixes, text, from: start, to: end)
      tryAffixes(affix, text, from: start, to: end, &floor, body)
    }
    if group.others.start != group.others.end { tryEdges(group.others, text, from: start, to: end, &floor, body) }
  }

  private func tryAffixes(
    _ longest: Int, _ text: RawSpan, from start: Int, to end: Int, _ floor: inout Int32, _ body: (Int32) -> Int32
  ) {
    var affix = longest
    while affix >= 0 {
      tryEdges(affixes[affix].edges, text, from: start, to: end, &floor, body)
      affix = Int(affixes[affix].parent)
    }
  }

  /// Tries globs one by one, those with the latest rules first.
  private func tryEdges(
    _ range: IndexRange, _ text: RawSpan, from start: Int, to end: Int, _ floor: inout Int32, _ body: (Int32) -> Int32
  ) {
    for place in range.range {
      guard edges[place].best > floor else { return }
      if fits(edges[place], text, from: start, to: end) { floor = body(edges[place].child) }
    }
  }

  func fits(_ edge: Edge, _ text: RawSpan, from start: Int, to end: Int) -> Bool {
    guard end - start >= Int(edge.minimum) else { return false }
    let (prefix, suffix) = (Int(edge.prefix), Int(edge.suffix))
    guard
      prefix == 0 || text.equals(from: start, bytes, from: Int(edge.literal), count: prefix),
      suffix == 0 || text.equals(from: end - suffix, bytes, from: Int(edge.literal) + prefix, count: suffix)
    else { return false }
    if edge.isSimple {
      let (place, count) = (Int(edge.literal) + prefix + suffix, Int(edge.middle))
      return count == 0 || text.contains(from: start + prefix, to: end - suffix, bytes, from: place, count: count)
    }
    let search = GlobSearch(
      tokens: Int(edge.tokens.start) + prefix..<Int(edge.tokens.end) - suffix, segmentStart: start)
    return search.matches(text, start + prefix..<end - suffix, self)
  }

  /// The longest affix that a segment begins with, or -1.
  private func longestPrefix(_ range: IndexRange, _ text: RawSpan, from start: Int, to end: Int) -> Int {
    var (low, high) = (Int(range.start), Int(range.end))
    var (found, foundCommon) = (-1, 0)
    while low < high {
      let middle = (low + high) / 2
      let (place, count) = (Int(affixes[middle].start), Int(affixes[middle].count))
      let common = text.common(from: start, bytes, from: place, limit: min(count, end - start))
      if common == count || (start + common < end && bytes.byte(at: place + common) < text.byte(at: start + common)) {
        (found, foundCommon, low) = (middle, common, middle + 1)
      } else {
        high = middle
      }
    }
    while found >= 0, affixes[found].count > foundCommon { found = Int(affixes[found].parent) }
    return found
  }

  /// The longest affix that a segment ends with, or -1. They are sorted by their bytes from behind.
  private func longestSuffix(_ range: IndexRange, _ text: RawSpan, from start: Int, to end: Int) -> Int {
    var (low, high) = (Int(range.start), Int(range.end))
    var (found, foundCommon) = (-1, 0)
    while low < high {
      let middle = (low + high) / 2
      let (count, last) = (Int(affixes[middle].count), Int(affixes[middle].start) + Int(affixes[middle].count) - 1)
      let common = text.commonBackwards(to: end, bytes, to: last + 1, limit: min(count, end - start))
      if common == count || (end - common > start && bytes.byte(at: last - common) < text.byte(at: end - common - 1)) {
        (found, foundCommon, low) = (middle, common, middle + 1)
      } else {
        high = middle
      }
    }
    while found >= 0, affixes[found].count > foundCommon { found = Int(affixes[found].parent) }
    return found
  }
}
