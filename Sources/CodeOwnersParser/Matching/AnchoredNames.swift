/// The nodes that nothing but names leads to from the root, by all these names at once.
///
/// So a path finds the last of them with one look for each of its folders, and compares its bytes once. Only files of an ordinary
/// size have this table.
struct AnchoredNames: Sendable {
  /// A file with more nodes does without.
  static let maximumNodes = 1 << 14
  /// And so does one with more nodes for each that names alone lead to.
  private static let nodesPerAnchored = 4
  /// Stands beside the number of a node that more names lead on from.
  private static let hasMore: Int32 = 1 << 30

  /// Where such a node stands, and what its ancestors say.
  struct Place: BitwiseCopyable, Sendable {
    /// Where its names begin among all names, joined by slashes, and how many bytes they have.
    var start: Int32 = -1
    var count: Int32 = 0
    /// How many names they are; -1 for a node that is not in the table.
    var depth: Int32 = -1
    /// The last rule of its ancestors for paths that go on.
    var above: Int32 = -1
    /// The nearest node that more than names lead on from: this one, or one of its ancestors, or -1.
    var fork: Int32 = -1
    /// The last rule that anything but names may lead to from there on, or from one of its ancestors.
    var beside: Int32 = -1
  }

  let seed: UInt64
  let slots: Frozen<EdgeSlot>
  /// By node.
  let places: Frozen<Place>
  /// Those of the matcher, which frees them.
  private let names: Frozen<UInt8>
  private let shift: UInt64

  /// Returns the last node that a path seems to lead to by names, and where these end in it; the root and -1 when there is none.
  @inline(__always)
  func last(of path: RawSpan, _ slashes: inout Slashes) -> (node: Int32, end: Int) {
    var (last, lastEnd, hasMore) = (Int32(0), -1, true)
    var hash = PrefixHash(seed: seed)
    let head = path.head
    while hasMore, lastEnd < path.byteCount {
      let end = slashes.end(from: lastEnd &+ 1, of: path)
      hash.advance(to: end, of: path, head: head)
      let found = find(hash.value)
      guard found.node != 0 else { break }
      (last, lastEnd, hasMore) = (found.node, end, found.hasMore)
    }
    return (last, lastEnd)
  }

  /// Returns the node that seems to have the names with a hash, or 0, and whether more names lead on from it.
  @inline(__always)
  private func find(_ hash: UInt64) -> (node: Int32, hasMore: Bool) {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: hash &>> shift)
    while true {
      let slot = slots[place]
      if slot.child == 0 || slot.tag == UInt32(truncatingIfNeeded: hash) {
        return (slot.child & ~Self.hasMore, slot.child & Self.hasMore != 0)
      }
      place = (place &+ 1) & mask
    }
  }

  /// Whether a node has exactly the names that a path begins with.
  @inline(__always)
  func isPath(_ path: RawSpan, to end: Int, _ place: Place) -> Bool {
    Int(place.count) == end && path.begins(with: names, from: Int(place.start), count: end)
  }

  func deallocate() {
    slots.deallocate()
    places.deallocate()
  }
}

extension AnchoredNames {
  /// Makes the table; `nil` for a file that does without.
  init?(_ nodes: [PatternNode], _ names: [UInt8], _ frozenNames: Frozen<UInt8>, _ globs: GlobTable, seed: UInt64) {
    guard nodes.count <= Self.maximumNodes else { return nil }
    var places: [Place] = []
    places.reserveCapacity(nodes.count)
    for index in nodes.indices { places.append(Place(index, nodes, globs, places)) }
    // Where most of the patterns float, the walk would decide after all.
    guard places.count(where: { $0.depth >= 0 }) * Self.nodesPerAnchored >= nodes.count else { return nil }
    let bits = 64 - (nodes.count * 2).leadingZeroBitCount
    self.seed = seed
    slots = Frozen(Self.slots(nodes, places, names, seed: seed, bits: bits))
    self.places = Frozen(places)
    self.names = frozenNames
    shift = UInt64(64 - bits)
  }

  private static func slots(
    _ nodes: [PatternNode], _ places: [Place], _ names: [UInt8], seed: UInt64, bits: Int
  ) -> [EdgeSlot] {
    var slots = Array(repeating: EdgeSlot(), count: 1 << bits)
    var hashes = Array(repeating: PrefixHash(seed: seed), count: nodes.count)
    for index in nodes.indices where places[index].depth > 0 {
      let (start, count) = (Int(places[index].start), Int(places[index].count))
      var hash = hashes[Int(nodes[index].parent)]
      let path = names.span.bytes.extracting(start..<start + count)
      hash.advance(to: count, of: path, head: path.head)
      hashes[index] = hash
      let child = Int32(index) | (nodes[index].nameBits == 0 ? 0 : Self.hasMore)
      slots.add(EdgeSlot(tag: UInt32(truncatingIfNeeded: hash.value), child: child), at: Int(hash.value >> (64 - bits)))
    }
    return slots
  }
}

extension AnchoredNames.Place {
  /// The place of a node; nodes come after their parents.
  fileprivate init(_ index: Int, _ nodes: [PatternNode], _ globs: GlobTable, _ places: [Self]) {
    let node = nodes[index]
    if index == 0 {
      depth = 0
    } else if node.parent >= 0, places[Int(node.parent)].depth >= 0 {
      let parent = places[Int(node.parent)]
      depth = parent.depth + 1
      count = parent.count + (depth > 1 ? 1 : 0) + Int32(node.nameCount)
      start = Int32(node.nameRange.upperBound) - count
      above = max(parent.above, nodes[Int(node.parent)].below)
      (fork, beside) = (parent.fork, parent.beside)
    }
    guard depth >= 0, node.isFork else { return }
    fork = Int32(index)
    if node.anyOne != 0 { beside = max(beside, nodes[Int(node.anyOne)].best) }
    if node.loop != 0 { beside = max(beside, nodes[Int(node.loop)].best) }
    if node.globs >= 0 { beside = max(beside, globs.groups[Int(node.globs)].best) }
  }
}

extension [EdgeSlot] {
  fileprivate mutating func add(_ slot: EdgeSlot, at first: Int) {
    var place = first
    while self[place].child != 0 { place = (place + 1) & (count - 1) }
    self[place] = slot
  }
}
