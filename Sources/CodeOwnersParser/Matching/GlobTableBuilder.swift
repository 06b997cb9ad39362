/// Collects the globs of all nodes, each once, and lays them out.
struct GlobTableBuilder: Sendable {
  private struct Edge: Sendable {
    var node: Int32
    var child: Int32
    var tokens: Range<Int>
  }

  /// A glob with the node it leads to and the last rule there or below.
  struct Glob {
    var child: Int32
    var best: Int32
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
    for place in range {
      let token = pattern.tokens[place]
      tokens.append(token.set.map { .set(number(of: pattern.sets[$0])) } ?? token)
    }
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
    left.node == right.node && left.tokens.count == right.tokens.count
      && left.tokens.elementsEqual(right.tokens) { tokens[$0] == tokens[$1] }
  }

  private func hash(_ edge: Edge) -> Int {
    let start = (seed ^ UInt64(UInt32(bitPattern: edge.node))).folded
    return Int(truncatingIfNeeded: edge.tokens.reduce(start) { ($0 ^ tokens[$1].number).folded })
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for (index, edge) in edges.enumerated() { slots[slot(of: edge)] = Int32(index) }
  }

  /// Lays the globs out, node by node.
  func finish(_ nodes: inout [PatternNode]) -> GlobTable {
    var layout = GlobLayout(tokens: tokens, sets: sets)
    let (first, next) = chains(nodes.count)
    for node in nodes.indices where first[node] >= 0 {
      let edge = Int(first[node])
      guard next[edge] >= 0 else {
        nodes[node].globs = layout.add(glob(edge, nodes))
        continue
      }
      let chain = sequence(first: edge) { next[$0] < 0 ? nil : Int(next[$0]) }
      nodes[node].globs = layout.add(chain.map { glob($0, nodes) })
    }
    return layout.table()
  }

  /// For each node its first edge, and for each edge the next one of its node; -1 for none.
  private func chains(_ nodeCount: Int) -> (first: [Int32], next: [Int32]) {
    var first = [Int32](repeating: -1, count: nodeCount)
    var next = [Int32](repeating: -1, count: edges.count)
    for (index, edge) in edges.enumerated().reversed() {
      next[index] = first[Int(edge.node)]
      first[Int(edge.node)] = Int32(index)
    }
    return (first, next)
  }

  private func glob(_ edge: Int, _ nodes: [PatternNode]) -> Glob {
    let child = nodes[Int(edges[edge].child)]
    return Glob(child: edges[edge].child, best: child.best, tokens: edges[edge].tokens)
  }
}
