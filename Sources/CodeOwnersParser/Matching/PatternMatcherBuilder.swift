/// Makes a matcher out of patterns.
struct PatternMatcherBuilder: Sendable {
  private var nodes = [PatternNode()]
  /// The names of patterns that brought new ones, each with those before it.
  private var names: [UInt8] = []
  /// Where those of the current pattern stand, or will.
  private var namesStart = 0
  private var edges: EdgeTable<[EdgeSlot]>
  private var edgeCount = 0
  private var globs: GlobTableBuilder
  private var previousHere: [Int32] = []
  private var previousBelow: [Int32] = []

  /// Makes an empty builder with room for about as many patterns.
  init(room: Int = 0) {
    edges = EdgeTable(room: room)
    globs = GlobTableBuilder(seed: edges.seed)
    nodes.reserveCapacity(room + 1)
    previousHere.reserveCapacity(room)
    previousBelow.reserveCapacity(room)
  }

  /// Adds a pattern whose rule has a greater number than those before.
  ///
  /// - Parameter ownsSubtree: whether a folder that the whole pattern matches owns what is in it. A pattern that ends with `**`
  ///   always matches one or more segments there.
  mutating func insert(_ pattern: Pattern, rule: Int32, ownsSubtree: Bool) {
    guard !pattern.segments.isEmpty, !pattern.isImpossible else { return }
    precondition(Int(rule) >= previousHere.count, "Rules are added in the order of their numbers.")
    namesStart = names.count
    let end = pattern.endBeforeAnything
    let node = follow(pattern, to: end, rule)
    let isWhole = end == pattern.segments.count
    previousHere.fill(to: Int(rule), with: isWhole ? nodes[node].here : -1)
    if isWhole { nodes[node].here = rule }
    let isOwned = !isWhole || ownsSubtree
    previousBelow.fill(to: Int(rule), with: isOwned ? nodes[node].below : -1)
    if isOwned { nodes[node].below = rule }
  }

  /// Goes along the segments of a pattern up to a place and returns the node they lead to.
  private mutating func follow(_ pattern: Pattern, to end: Int, _ rule: Int32) -> Int {
    var node: Int32 = 0
    var isLoop = false
    for place in 0..<end {
      let segment = pattern.segments[place]
      if isLoop, segment == .anyDepth { continue }
      nodes[Int(node)].deep = rule
      node = step(from: node, segment, of: pattern)
      isLoop = segment == .anyDepth
    }
    return Int(node)
  }

  func finish() -> PatternMatcher {
    var nodes = nodes
    let globs = globs.finish(&nodes)
    let frozen = Frozen(names)
    return PatternMatcher(
      nodes: nodes, names: frozen, edges: edges, anchored: AnchoredNames(nodes, names, frozen, seed: edges.seed), globs: globs,
      previousHere: previousHere, previousBelow: previousBelow)
  }

  private mutating func step(from node: Int32, _ segment: PatternSegment, of pattern: Pattern) -> Int32 {
    switch segment {
    case .impossible: return node
    case .anyDepth:
      if nodes[Int(node)].loop == 0 { nodes[Int(node)].loop = add(PatternNode()) }
      return nodes[Int(node)].loop
    case .anyOne:
      if nodes[Int(node)].anyOne == 0 { nodes[Int(node)].anyOne = add(PatternNode()) }
      return nodes[Int(node)].anyOne
    case .literal(let range): return child(of: node, named: range, of: pattern)
    case .glob(let range):
      let known = globs.child(of: node, range, of: pattern, next: Int32(nodes.count))
      return known == Int32(nodes.count) ? add(PatternNode()) : known
    }
  }

  private mutating func child(of node: Int32, named range: Range<Int>, of pattern: Pattern) -> Int32 {
    let text = pattern.bytes.span.bytes
    let hash = text.hash(from: range.lowerBound, to: range.upperBound, seed: edges.seed)
    let known = edges.find(
      node, hash, text, from: range.lowerBound, to: range.upperBound, nodes, names.span.bytes)
    if known != 0 { return known }
    nodes[Int(node)].lengths |= PatternNode.lengthBit(range.count)
    if names.count == namesStart { names += pattern.bytes }
    let start = UInt32(namesStart + range.lowerBound)
    let child = add(PatternNode(parent: node, nameStart: start, nameCount: UInt32(range.count)))
    edgeCount += 1
    edges.insert(node, hash, child: child, count: edgeCount, nodes, names)
    return child
  }

  private mutating func add(_ node: PatternNode) -> Int32 {
    nodes.append(node)
    return Int32(nodes.count - 1)
  }
}

extension [Int32] {
  /// Adds a value at a place at the end or beyond, with -1 in between.
  fileprivate mutating func fill(to place: Int, with value: Int32) {
    while count < place { append(-1) }
    append(value)
  }
}
