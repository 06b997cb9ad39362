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
    /// Where its names begin in `texts`, joined by slashes, and how many bytes they have.
    var start: Int32 = -1
    var count: Int32 = 0
    /// How many names they are; -1 for a node that is not in the table.
    var depth: Int32 = -1
    /// The last rule of its ancestors for paths that go on.
    var above: Int32 = -1
    /// The nearest node that more than names lead on from: this one, or one of its ancestors, or -1.
    var fork: Int32 = -1
  }

  let seed: UInt64
  let slots: Frozen<EdgeSlot>
  /// By node.
  let places: Frozen<Place>
  let texts: Frozen<UInt8>
  private let shift: UInt64

  /// Returns the node that seems to have the names with a hash, or 0, and whether more names lead on from it.
  @inline(__always)
  func find(_ hash: UInt64) -> (node: Int32, hasMore: Bool) {
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
    Int(place.count) == end && path.equals(from: 0, texts, from: Int(place.start), count: end)
  }

  func deallocate() {
    slots.deallocate()
    places.deallocate()
    texts.deallocate()
  }
}

extension AnchoredNames {
  /// Makes the table; `nil` for a file that does without.
  init?(_ nodes: [PatternNode], _ names: [UInt8], seed: UInt64) {
    guard nodes.count <= Self.maximumNodes else { return nil }
    var places: [Place] = []
    places.reserveCapacity(nodes.count)
    for index in nodes.indices { places.append(Place(index, nodes, places)) }
    // Where most of the patterns float, the walk would decide after all.
    guard places.count(where: { $0.depth >= 0 }) * Self.nodesPerAnchored >= nodes.count else { return nil }
    let texts = places.addTexts(nodes, names)
    let bits = 64 - (nodes.count * 2).leadingZeroBitCount
    var slots = Array(repeating: EdgeSlot(), count: 1 << bits)
    var hashes = Array(repeating: PrefixHash(seed: seed), count: nodes.count)
    for index in nodes.indices where places[index].depth > 0 {
      var hash = hashes[Int(nodes[index].parent)]
      let start = Int(places[index].start)
      for byte in texts[start + hash.count..<start + Int(places[index].count)] { hash.add(byte) }
      hashes[index] = hash
      let child = Int32(index) | (nodes[index].lengths == 0 ? 0 : Self.hasMore)
      slots.add(EdgeSlot(tag: UInt32(truncatingIfNeeded: hash.value), child: child), at: Int(hash.value >> (64 - bits)))
    }
    self.seed = seed
    self.slots = Frozen(slots)
    self.places = Frozen(places)
    self.texts = Frozen(texts)
    shift = UInt64(64 - bits)
  }
}

extension AnchoredNames.Place {
  /// The place of a node; nodes come after their parents.
  fileprivate init(_ index: Int, _ nodes: [PatternNode], _ places: [Self]) {
    let node = nodes[index]
    if index == 0 {
      depth = 0
    } else if node.parent >= 0, places[Int(node.parent)].depth >= 0 {
      let parent = places[Int(node.parent)]
      depth = parent.depth + 1
      count = parent.count + (depth > 1 ? 1 : 0) + Int32(node.nameCount)
      above = max(parent.above, nodes[Int(node.parent)].below)
      fork = parent.fork
    }
    if depth >= 0, node.isFork { fork = Int32(index) }
  }
}

extension [AnchoredNames.Place] {
  /// Writes the names of nodes down. A node whose names another one goes on with shares them, so that all are no longer than the file.
  fileprivate mutating func addTexts(_ nodes: [PatternNode], _ names: [UInt8]) -> [UInt8] {
    let ends = indices.filter { self[$0].depth > 0 && nodes[$0].lengths == 0 }
    var texts = [UInt8](repeating: .slash, count: ends.reduce(0) { $0 + Int(self[$1].count) })
    var start = 0
    for end in ends {
      var node = end
      while node > 0 {
        self[node].start = Int32(start)
        let name = nodes[node].nameRange
        let first = start + Int(self[node].count) - name.count
        for offset in 0..<name.count { texts[first + offset] = names[name.lowerBound + offset] }
        node = Int(nodes[node].parent)
      }
      start += Int(self[end].count)
    }
    return texts
  }
}

extension [EdgeSlot] {
  fileprivate mutating func add(_ slot: EdgeSlot, at first: Int) {
    var place = first
    while self[place].child != 0 { place = (place + 1) & (count - 1) }
    self[place] = slot
  }
}
