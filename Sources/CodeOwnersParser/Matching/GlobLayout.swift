/// Sorts the globs of node after node by what they begin or end with.
struct GlobLayout {
  /// Longer ones are searched for in a way whose cost does not grow with both lengths.
  private static let longestMiddle = 32

  private let tokens: [GlobToken]
  private let sets: [GlobSet]
  private var groups: [GlobTable.Group] = []
  private var affixes: [GlobTable.Affix] = []
  private var edges: [GlobTable.Edge] = []
  private var bytes: [UInt8] = []

  init(tokens: [GlobToken], sets: [GlobSet]) {
    self.tokens = tokens
    self.sets = sets
  }

  func table() -> GlobTable {
    var ranges: [GlobTable.CharacterRange] = []
    let characters = sets.map { set in
      let first = Int32(ranges.count)
      ranges += set.ranges.map { GlobTable.CharacterRange(first: $0.lowerBound, last: $0.upperBound) }
      return GlobTable.Characters(
        ranges: GlobTable.IndexRange(start: first, end: Int32(ranges.count)), isNegated: set.isNegated)
    }
    return GlobTable(
      groups: groups, affixes: affixes, edges: edges, bytes: bytes, tokens: tokens, sets: characters, ranges: ranges)
  }

  /// Adds the globs of a node and returns the number of their group.
  mutating func add(_ globs: [GlobTableBuilder.Glob]) -> Int32 {
    let edges = globs.map { edge($0) }
    let byPrefix = sharers(edges, \.prefix, isSuffix: false)
    let bySuffix = sharers(edges, \.suffix, isSuffix: true)
    var group = GlobTable.Group(best: globs.reduce(-1) { max($0, $1.best) })
    let prefers = edges.indices.map { place in
      edges[place].suffix == 0 || (edges[place].prefix > 0 && byPrefix[place] <= bySuffix[place])
    }
    group.prefixes = addAffixes(edges.indices.filter { prefers[$0] && edges[$0].prefix > 0 }.map { edges[$0] }, isSuffix: false)
    group.suffixes = addAffixes(edges.indices.filter { !prefers[$0] }.map { edges[$0] }, isSuffix: true)
    group.others = addEdges(edges.indices.filter { prefers[$0] && edges[$0].prefix == 0 }.map { edges[$0] })
    return close(group)
  }

  /// Adds the only glob of a node, which most are, and returns the number of its group.
  mutating func add(_ glob: GlobTableBuilder.Glob) -> Int32 {
    let edge = edge(glob)
    var group = GlobTable.Group(best: glob.best)
    let range = GlobTable.IndexRange(start: Int32(edges.count), end: Int32(edges.count + 1))
    edges.append(edge)
    if edge.prefix > 0 {
      group.prefixes = add(affix(edge, false), range)
    } else if edge.suffix > 0 {
      group.suffixes = add(affix(edge, true), range)
    } else {
      group.others = range
    }
    return close(group)
  }

  /// Adds a group once its globs are laid out.
  private mutating func close(_ open: GlobTable.Group) -> Int32 {
    var group = open
    for place in group.prefixes.range { group.firstPairs |= firstPair(affixes[place]) }
    for place in group.suffixes.range { group.leastLast = min(group.leastLast, Int32(affixes[place].count)) }
    if !group.suffixes.range.isEmpty { group.lastMask = .max << (64 - 8 * UInt64(min(group.leastLast, 8))) }
    for place in group.suffixes.range {
      group.lastBits |= GlobTable.Group.wordBits(lastWord(affixes[place]) & group.lastMask)
    }
    groups.append(group)
    return Int32(groups.count - 1)
  }

  private func firstPair(_ affix: GlobTable.Affix) -> UInt64 {
    guard affix.count > 1 else { return .max }
    return GlobTable.Group.pairBit(bytes[Int(affix.start)], bytes[Int(affix.start) + 1])
  }

  private func lastWord(_ affix: GlobTable.Affix) -> UInt64 {
    bytes.span.bytes.extracting(Int(affix.start)..<Int(affix.start + affix.count)).word(to: Int(affix.count))
  }

  private mutating func edge(_ glob: GlobTableBuilder.Glob) -> GlobTable.Edge {
    let range = glob.tokens
    let first = range.first { tokens[$0].byte == nil } ?? range.upperBound
    let last = range.last { tokens[$0].byte == nil } ?? first
    let (prefix, suffix) = (range.lowerBound..<first, min(last + 1, range.upperBound)..<range.upperBound)
    let literal = UInt32(bytes.count)
    addBytes(prefix)
    addBytes(suffix)
    let middle = simpleMiddle(prefix.upperBound..<suffix.lowerBound)
    if let middle { addBytes(middle) }
    return GlobTable.Edge(
      child: glob.child, best: glob.best,
      tokens: GlobTable.IndexRange(start: Int32(range.lowerBound), end: Int32(range.upperBound)), literal: literal,
      prefix: UInt16(prefix.count), suffix: UInt16(suffix.count), middle: UInt16(middle?.count ?? 0),
      minimum: UInt16(range.count { tokens[$0] != .run }), isSimple: middle != nil)
  }

  /// The bytes between the outer runs, none where one run is all; `nil` when something else stands there.
  private func simpleMiddle(_ core: Range<Int>) -> Range<Int>? {
    guard let first = core.first, let last = core.last, tokens[first] == .run, tokens[last] == .run else { return nil }
    let middle = first + 1..<max(first + 1, last)
    return middle.count <= Self.longestMiddle && middle.allSatisfy { tokens[$0].byte != nil } ? middle : nil
  }

  private mutating func addBytes(_ range: Range<Int>) {
    for place in range { if let byte = tokens[place].byte { bytes.append(byte) } }
  }

  /// For each glob, how many begin, or end, with the same bytes.
  private func sharers(
    _ edges: [GlobTable.Edge], _ count: KeyPath<GlobTable.Edge, UInt16>, isSuffix: Bool
  ) -> [Int] {
    var numbers: [ArraySlice<UInt8>: Int] = [:]
    for edge in edges { numbers[affix(edge, isSuffix), default: 0] += 1 }
    return edges.map { numbers[affix($0, isSuffix)] ?? 0 }
  }

  private func affix(_ edge: GlobTable.Edge, _ isSuffix: Bool) -> ArraySlice<UInt8> {
    let middle = Int(edge.literal) + Int(edge.prefix)
    return isSuffix ? bytes[middle..<middle + Int(edge.suffix)] : bytes[Int(edge.literal)..<middle]
  }

  private mutating func addAffixes(_ new: [GlobTable.Edge], isSuffix: Bool) -> GlobTable.IndexRange {
    let first = Int32(affixes.count)
    let order = new.sorted { isBefore(affix($0, isSuffix), affix($1, isSuffix), isSuffix) }
    var place = 0
    var open: [Int] = []
    while place < order.count {
      let bytes = affix(order[place], isSuffix)
      let end = order[place...].firstIndex { affix($0, isSuffix) != bytes } ?? order.count
      // What this one begins, or ends, with was added before it, and nothing else stands between them.
      while let last = open.last, !contains(bytes, affixes[last], isSuffix) { open.removeLast() }
      open.append(affixes.count)
      add(bytes, addEdges(Array(order[place..<end])), parent: Int32(open.dropLast().last ?? -1))
      place = end
    }
    return GlobTable.IndexRange(start: first, end: Int32(affixes.count))
  }

  @discardableResult
  private mutating func add(
    _ bytes: ArraySlice<UInt8>, _ edges: GlobTable.IndexRange, parent: Int32 = -1
  ) -> GlobTable.IndexRange {
    affixes.append(
      GlobTable.Affix(start: UInt32(bytes.startIndex), count: UInt32(bytes.count), parent: parent, edges: edges))
    return GlobTable.IndexRange(start: Int32(affixes.count - 1), end: Int32(affixes.count))
  }

  private func isBefore(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>, _ isSuffix: Bool) -> Bool {
    isSuffix ? left.reversed().lexicographicallyPrecedes(right.reversed()) : left.lexicographicallyPrecedes(right)
  }

  private func contains(_ bytes: ArraySlice<UInt8>, _ affix: GlobTable.Affix, _ isSuffix: Bool) -> Bool {
    let other = self.bytes[Int(affix.start)..<Int(affix.start + affix.count)]
    return isSuffix ? bytes.suffix(other.count) == other : bytes.starts(with: other)
  }

  private mutating func addEdges(_ new: [GlobTable.Edge]) -> GlobTable.IndexRange {
    let first = Int32(edges.count)
    edges += new.sorted { $0.best > $1.best }
    return GlobTable.IndexRange(start: first, end: Int32(edges.count))
  }
}
