/// Collects the globs of all nodes, each once, and lays them out.
struct GlobTableBuilder: Sendable {
  private struct Edge: Sendable {
    var node: Int32
    var child: Int32
    var tokens: Range<Int>
  }

  private let seed: UInt64
  private var edges: [Edge] = []
  private var tokens: [GlobToken] = []
  private var sets: [GlobSet] = []
  private var setNumbers: [GlobSet: Int] = [:]
  /// Indices into `edges` by hash; -1 is free.
  private var slots = [Int32](repeating: -1, count: 64)

  init(seed: UInt64) { self.seed = seed }

  /// Returns the node that a glob leads to; `next` when it is new.
  mutating func child(of node: Int32, _ range: Range<Int>, of pattern: Pattern, next: Int32) -> Int32 {
    let start = tokens.count
    for token in pattern.tokens[range] { tokens.append(token.set.map { .set(number(of: pattern.sets[$0])) } ?? token) }
    let edge = Edge(node: node, child: next, tokens: start..<tokens.count)
    let slot = slot(of: edge)
    if slots[slot] >= 0 {
      tokens.removeLast(tokens.count - start)
      return edges[Int(slots[slot])].child
    }
    slots[slot] = Int32(edges.count)
    edges.append(edge)
    if edges.count * 2 > slots.count { grow() }
    return next
  }

  private mutating func number(of set: GlobSet) -> UInt32 {
    if let known = setNumbers[set] { return UInt32(known) }
    setNumbers[set] = sets.count
    sets.append(set)
    return UInt32(sets.count - 1)
  }

  private func slot(of edge: Edge) -> Int {
    var slot = hash(edge) & (slots.count - 1)
    while slots[slot] >= 0, !isSame(edges[Int(slots[slot])], edge) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func isSame(_ left: Edge, _ right: Edge) -> Bool {
    left.node == right.node && tokens[left.tokens] == tokens[right.tokens]
  }

  private func hash(_ edge: Edge) -> Int {
    let start = (seed ^ UInt64(UInt32(bitPattern: edge.node))).folded
    return Int(truncatingIfNeeded: tokens[edge.tokens].reduce(start) { ($0 ^ $1.number).folded })
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, edge) in edges.enumerated() { slots[slot(of: edge)] = Int32(index) }
  }

  /// Lays the globs out, node by node.
  func finish(_ nodes: inout [PatternNode]) -> GlobTable {
    var layout = GlobLayout(tokens: tokens, sets: sets)
    let order = edges.indices.sorted { (edges[$0].node, $0) < (edges[$1].node, $1) }
    var first = 0
    while first < order.count {
      let node = edges[order[first]].node
      let end = order[first...].firstIndex { edges[$0].node != node } ?? order.count
      nodes[Int(node)].globs = layout.add(
        order[first..<end].map { index in
          (edges[index].child, nodes[Int(edges[index].child)].best, edges[index].tokens)
        })
      first = end
    }
    return layout.table()
  }
}
