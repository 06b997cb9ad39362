/// Which node a name leads to, for all nodes in one table with open addressing.
///
/// A slot holds a part of the hash and the node it leads to, eight bytes; the node knows its parent and name, which are compared.
struct EdgeTable<Slots: EdgeSlots>: Sendable {
  /// Nobody can make names collide who does not know it; it differs from process to process.
  let seed: UInt64
  private(set) var slots: Slots
  private var shift: UInt64

  /// Whether a node may have a name with a hash.
  @inline(__always)
  func mayFind(_ node: Int32, _ hash: UInt64) -> Bool {
    slots[Int(truncatingIfNeeded: edgeKey(node, hash) &>> shift)].child != 0
  }

  /// Returns the node that a name leads to, or 0.
  @inline(__always)
  func find(
    _ node: Int32, _ hash: UInt64, _ text: borrowing some ByteSource & ~Escapable, from start: Int, to end: Int,
    _ nodes: some PatternNodes, _ names: borrowing some ByteSource & ~Escapable
  ) -> Int32 {
    let key = edgeKey(node, hash)
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: key &>> shift)
    while true {
      let slot = slots[place]
      if slot.child == 0 { return 0 }
      if slot.tag == UInt32(truncatingIfNeeded: key) {
        let child = nodes[Int(slot.child)]
        if child.parent == node, Int(child.nameCount) == end &- start,
          text.equals(from: start, names, from: Int(child.nameStart), count: end &- start)
        {
          return slot.child
        }
      }
      place = (place &+ 1) & mask
    }
  }
}

struct EdgeSlot: BitwiseCopyable, Sendable {
  var tag: UInt32 = 0
  /// 0 is free, as nothing leads to the root.
  var child: Int32 = 0
}

@inline(__always)
private func edgeKey(_ node: Int32, _ hash: UInt64) -> UInt64 {
  hash ^ (UInt64(truncatingIfNeeded: node) &* 0x9E37_79B9_7F4A_7C15)
}

extension EdgeTable where Slots == [EdgeSlot] {
  /// Makes an empty table with room for a number of edges, and more when it must.
  init(room: Int) {
    seed = UInt64(bitPattern: Int64(Hasher().finalize()))
    let bits = 64 - max(room * 2 - 1, 255).leadingZeroBitCount
    slots = Array(repeating: EdgeSlot(), count: 1 << bits)
    shift = UInt64(64 - bits)
  }

  /// Adds an edge that is not there yet. `count` is the number of edges with it.
  mutating func insert(
    _ node: Int32, _ hash: UInt64, child: Int32, count: Int, _ nodes: [PatternNode], _ names: [UInt8]
  ) {
    if count * 2 > slots.count { grow(nodes, names) }
    place(child, edgeKey(node, hash))
  }

  private mutating func place(_ child: Int32, _ key: UInt64) {
    var place = Int(key >> shift)
    while slots[place].child != 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = EdgeSlot(tag: UInt32(truncatingIfNeeded: key), child: child)
  }

  private mutating func grow(_ nodes: [PatternNode], _ names: [UInt8]) {
    let old = slots
    slots = Array(repeating: EdgeSlot(), count: old.count * 2)
    shift -= 1
    for slot in old where slot.child != 0 {
      let node = nodes[Int(slot.child)]
      let start = Int(node.nameStart)
      place(slot.child, edgeKey(node.parent, names.span.bytes.hash(from: start, to: start + Int(node.nameCount), seed: seed)))
    }
  }

  func frozen() -> EdgeTable<Frozen<EdgeSlot>> {
    EdgeTable<Frozen<EdgeSlot>>(seed: seed, slots: Frozen(slots), shift: shift)
  }
}

/// Slots while they are collected, and for good.
protocol EdgeSlots: Sendable {
  var count: Int { get }
  subscript(place: Int) -> EdgeSlot { get }
}

/// Nodes while they are collected, and for good.
protocol PatternNodes {
  subscript(place: Int) -> PatternNode { get }
}

extension [EdgeSlot]: EdgeSlots {}
extension [PatternNode]: PatternNodes {}
extension Frozen: EdgeSlots where Element == EdgeSlot {}
extension Frozen: PatternNodes where Element == PatternNode {}
