/// Makes a matcher out of patterns.
struct PatternMatcherBuilder: Sendable {
  private var nodes = [PatternNode()]
  private var names: [UInt8] = []
  private var edges = EdgeTable<[EdgeSlot]>()
  private var edgeCount = 0
  private var globs: GlobTableBuilder
  private var previousHere: [Int32] = []
  private var previousBelow: [Int32] = []

  init() { globs = GlobTableBuilder(seed: edges.seed) }

  /// Adds a pattern whose rule has a greater number than those before.
  ///
  /// - Parameter ownsSubtree: whether a folder that the whole pattern matches owns what is in it. A pattern that ends with `**`
  ///   always matches one or more segments there.
  mutating func insert(_ pattern: Pattern, rule: Int32, ownsSubtree: Bool) {
    guard !pattern.segments.isEmpty, !pattern.segments.contains(.impossible) else { return }
    precondition(Int(rule) >= previousHere.count, "Rules are added in the order of their numbers.")
    previousHere.append(contentsOf: repeatElement(-1, count: Int(rule) + 1 - previousHere.count))
    previousBelow.append(contentsOf: repeatElement(-1, count: Int(rule) + 1 - previousBelow.count))
    let end = pattern.endBeforeAnything
    var node: Int32 = 0
    var isLoop = false
    for segment in pattern.segments[..<end] where !(isLoop && segment == .anyDepth) {
      nodes[Int(node)].deep = rule
      node = step(from: node, segment, of: pattern)
      isLoop = segment == .anyDepth
    }
    let isWhole = end == pattern.segments.count
    if isWhole {
      previousHere[Int(rule)] = nodes[Int(node)].here
      nodes[Int(node)].here = rule
    }
    if !isWhole || ownsSubtree {
      previousBelow[Int(rule)] = nodes[Int(node)].below
      nodes[Int(node)].below = rule
    }
  }

  func finish() -> PatternMatcher {
    var nodes = nodes
    let globs = globs.finish(&nodes)
    return PatternMatcher(
      nodes: nodes, names: names, edges: edges, anchored: AnchoredNames(nodes, names, globs, seed: edges.seed),
      globs: globs, previousHere: previousHere, previousBelow: previousBelow)
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
    nodes[Int(node)].nameBits |= PatternNode.nameBit(text, from: range.lowerBound, to: range.upperBound)
    let child = add(PatternNode(parent: node, nameStart: UInt32(names.count), nameCount: UInt32(range.count)))
    names += pattern.bytes[range]
    edgeCount += 1
    edges.insert(node, hash, child: child, count: edgeCount, nodes, names)
    return child
  }

  private mutating func add(_ node: PatternNode) -> Int32 {
    nodes.append(node)
    return Int32(nodes.count - 1)
  }
}
