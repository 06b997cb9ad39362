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
    namesStart = names.count
    let end = pattern.endBeforeAnything
    var node: Int32 = 0
    var isLoop = false
    for place in 0..<end {
      let segment = pattern.segments[place]
      if isLoop, segment == .anyDepth { continue }
      nodes[Int(node)].deep = rule
      node = step(from: node, segment, of: pattern)
      isLoop = segment == .anyDepth
    }
    let isWhole = end == pattern.segments.count
    close(Int(node), rule, isWhole: isWhole, ownsSubtree: !isWhole || ownsSubtree)
  }

  /// Adds a pattern of names alone, which stand in `bytes`.
  mutating func insert(_ pattern: PlainPattern, of bytes: [UInt8], rule: Int32) {
    namesStart = names.count
    let text = bytes.span.bytes
    nodes[0].deep = rule
    var node = pattern.floats ? loop(of: 0) : 0
    var start = pattern.names.lowerBound
    while start < pattern.names.upperBound {
      let end = text.firstPlace(in: start..<pattern.names.upperBound) { $0.places(of: .slash) }
      nodes[Int(node)].deep = rule
      node = child(of: node, named: start..<end, of: bytes, among: pattern.names)
      start = end + 1
    }
    close(Int(node), rule, isWhole: !pattern.isFolder, ownsSubtree: true)
  }

  /// Ends a pattern at the node that it leads to.
  private mutating func close(_ node: Int, _ rule: Int32, isWhole: Bool, ownsSubtree: Bool) {
    precondition(Int(rule) >= previousHere.count, "Rules are added in the order of their numbers.")
    previousHere.fill(to: Int(rule), with: isWhole ? nodes[node].here : -1)
    if isWhole { nodes[node].here = rule }
    previousBelow.fill(to: Int(rule), with: ownsSubtree ? nodes[node].below : -1)
    if ownsSubtree { nodes[node].below = rule }
  }

  /// Returns the matcher. What was collected is used up, so that a large file is not held twice.
  consuming func finish() -> PatternMatcher {
    let globs = globs.finish(&nodes)
    let frozen = Frozen(names)
    return PatternMatcher(
      nodes: nodes, names: frozen, edges: edges, anchored: AnchoredNames(nodes, names, frozen, globs, seed: edges.seed),
      globs: globs, previousHere: previousHere, previousBelow: previousBelow)
  }

  private mutating func step(from node: Int32, _ segment: PatternSegment, of pattern: Pattern) -> Int32 {
    switch segment {
    case .impossible: return node
    case .anyDepth: return loop(of: node)
    case .anyOne:
      if nodes[Int(node)].anyOne == 0 { nodes[Int(node)].anyOne = add(PatternNode()) }
      return nodes[Int(node)].anyOne
    case .literal(let range): return child(of: node, named: range, of: pattern.bytes, among: pattern.bytes.indices)
    case .glob(let range):
      let known = globs.child(of: node, range, of: pattern, next: Int32(nodes.count))
      return known == Int32(nodes.count) ? add(PatternNode()) : known
    }
  }

  private mutating func loop(of node: Int32) -> Int32 {
    if nodes[Int(node)].loop == 0 { nodes[Int(node)].loop = add(PatternNode()) }
    return nodes[Int(node)].loop
  }

  /// Returns the node that a name leads to; it is one of the names that a pattern has in `bytes`.
  private mutating func child(
    of node: Int32, named name: Range<Int>, of bytes: [UInt8], among all: Range<Int>
  ) -> Int32 {
    let text = bytes.span.bytes
    let hash = text.hash(from: name.lowerBound, to: name.upperBound, seed: edges.seed)
    let known = edges.find(node, hash, text, from: name.lowerBound, to: name.upperBound, nodes, names.span.bytes)
    if known != 0 { return known }
    nodes[Int(node)].nameBits |= PatternNode.nameBit(text, from: name.lowerBound, to: name.upperBound)
    if names.count == namesStart { names += bytes[all] }
    let start = UInt32(namesStart + name.lowerBound - all.lowerBound)
    let child = add(PatternNode(parent: node, nameStart: start, nameCount: UInt32(name.count)))
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
