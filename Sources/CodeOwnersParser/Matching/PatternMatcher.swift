/// All patterns of a file as one tree over path segments.
///
/// A path walks down along every branch that fits. Each node knows the last rule that matches when the path ends there
/// (`here`), the last that matches when it goes on (`below`), and the last anywhere under it (`best`), so "the last match wins"
/// is a maximum and branches that cannot win are left. The cost is the path's segments times the branches that are alive, one
/// to four as a rule, whatever the number of rules; only many different shapes (`*.js`) at one place are tried one by one.
struct PatternMatcher: Sendable {
  private typealias Index = Int32

  private struct Node: Sendable {
    var here: Int32 = -1
    var below: Int32 = -1
    var best: Int32 = -1
    /// Where `*` leads; 0 when nowhere, as nothing leads back to the root.
    var anyOne: Index = 0
    /// The node that stays alive over any number of segments; 0 when there is none.
    var anyDepth: Index = 0
    var isAnyDepth = false
    var hasLiterals = false
    var globs: Range<Int> = 0..<0
  }

  private struct GlobEdge: Sendable {
    var glob: Glob
    var child: Index
  }

  private struct GlobKey: Hashable, Sendable {
    var node: Index
    var glob: Glob
  }

  private var nodes = [Node()]
  private var literals = SegmentTable()
  private var literalEdges: [UInt64: Index] = [:]
  private var globChildren: [GlobKey: Index] = [:]
  private var globEdges: [GlobEdge] = []
  private var previousHere: [Int32: Int32] = [:]
  private var previousBelow: [Int32: Int32] = [:]

  /// Whether any path can match. Two `**` at the start, or nothing between two slashes, never do: GitHub's matcher then asks
  /// for an empty segment.
  static func canMatch(_ segments: [PatternSegment]) -> Bool {
    !segments.contains(.impossible) && !segments.starts(with: [.anyDepth, .anyDepth])
  }

  /// Adds a pattern; rules come in their order.
  fileprivate mutating func insert(_ pattern: Pattern, rule: Int32, ownsSubtree: Bool) {
    let segments = pattern.segments
    guard Self.canMatch(segments), let last = segments.last else { return }
    var node: Index = 0
    nodes[0].best = rule
    for segment in segments.dropLast() {
      node = step(from: node, segment, of: pattern)
      nodes[Int(node)].best = rule
    }
    if last != .anyDepth {
      node = step(from: node, last, of: pattern)
      nodes[Int(node)].best = rule
      previousHere[rule] = nodes[Int(node)].here
      nodes[Int(node)].here = rule
    }
    if last == .anyDepth || ownsSubtree {
      previousBelow[rule] = nodes[Int(node)].below
      nodes[Int(node)].below = rule
    }
  }

  /// Ends the building: lays out the shapes of each node, the latest rules first.
  fileprivate mutating func finish() {
    let byNode = Dictionary(grouping: globChildren) { $0.key.node }
    for node in byNode.keys.sorted() {
      let edges = (byNode[node] ?? []).map { GlobEdge(glob: $0.key.glob, child: $0.value) }
      let start = globEdges.count
      globEdges += edges.sorted { nodes[Int($0.child)].best > nodes[Int($1.child)].best }
      nodes[Int(node)].globs = start..<globEdges.count
    }
    globChildren = [:]
  }

  private mutating func step(from node: Index, _ segment: PatternSegment, of pattern: Pattern) -> Index {
    let position = Int(node)
    switch segment {
    case .impossible: return node
    case .anyDepth:
      if nodes[position].isAnyDepth { return node }
      if nodes[position].anyDepth == 0 {
        nodes[position].anyDepth = make()
        nodes[Int(nodes[position].anyDepth)].isAnyDepth = true
      }
      return nodes[position].anyDepth
    case .anyOne:
      if nodes[position].anyOne == 0 { nodes[position].anyOne = make() }
      return nodes[position].anyOne
    case .literal(let range):
      nodes[position].hasLiterals = true
      let edge = Self.edge(node, pattern.bytes[range].withUnsafeBufferPointer { literals.insert($0) })
      return child(literalEdges[edge]) { $0.literalEdges[edge] = $1 }
    case .glob(let range):
      let glob = Glob(pattern.tokens[range], sets: pattern.sets)
      let key = GlobKey(node: node, glob: glob)
      return child(globChildren[key]) { $0.globChildren[key] = $1 }
    }
  }

  private mutating func child(_ known: Index?, _ connect: (inout Self, Index) -> Void) -> Index {
    if let known { return known }
    let made = make()
    connect(&self, made)
    return made
  }

  private mutating func make() -> Index {
    nodes.append(Node())
    return Index(nodes.count - 1)
  }

  private static func edge(_ node: Index, _ segment: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: node)) << 32 | UInt64(UInt32(bitPattern: segment))
  }
}

extension PatternMatcher {
  /// Returns the last rule that matches a path, or `nil` when none does.
  func lastMatch(for path: String) -> Int? {
    var walk = Walk(keepsAll: false)
    follow(path, &walk)
    return walk.best < 0 ? nil : Int(walk.best)
  }

  /// Returns every rule that matches a path, in order.
  func matches(of path: String) -> [Int] {
    var walk = Walk(keepsAll: true)
    follow(path, &walk)
    return Set(walk.found).sorted().map(Int.init)
  }

  private func follow(_ path: String, _ walk: inout Walk) {
    var path = path
    path.withUTF8 { follow($0, &walk) }
  }

  private func follow(_ path: UnsafeBufferPointer<UInt8>, _ walk: inout Walk) {
    guard !path.isEmpty else { return }
    enter(0, &walk)
    var start = 0
    while start <= path.count {
      var end = start
      while end < path.count, path[end] != .slash { end += 1 }
      walk.step()
      advance(&walk, over: UnsafeBufferPointer(rebasing: path[start..<end]))
      if walk.next.isEmpty { break }
      start = end + 1
    }
    if start > path.count {
      for node in walk.next { walk.find(nodes[Int(node)].here, previousHere) }
    }
  }

  private struct Walk {
    let keepsAll: Bool
    var active: [Index] = []
    var next: [Index] = []
    var best: Int32 = -1
    var found: [Int32] = []
    private var activeSet: Set<Index> = []

    init(keepsAll: Bool) { self.keepsAll = keepsAll }

    mutating func find(_ rule: Int32, _ previous: [Int32: Int32]) {
      guard keepsAll else { return best = max(best, rule) }
      var rule = rule
      while rule >= 0 {
        found.append(rule)
        rule = previous[rule] ?? -1
      }
    }

    /// Takes a step: what came alive is active now.
    mutating func step() {
      swap(&active, &next)
      next.removeAll(keepingCapacity: true)
      // A set pays off, and keeps hostile files cheap, only when there is much to look through.
      activeSet = active.count > 32 ? Set(active) : []
    }

    func isActive(_ node: Index) -> Bool { activeSet.isEmpty ? active.contains(node) : activeSet.contains(node) }
  }

  private func advance(_ walk: inout Walk, over segment: UnsafeBufferPointer<UInt8>) {
    for node in walk.active { walk.find(nodes[Int(node)].below, previousBelow) }
    var literal: Int32?
    for index in walk.active {
      let node = nodes[Int(index)]
      guard node.best > walk.best else { continue }
      if node.hasLiterals {
        let id = literal ?? literals.find(segment)
        literal = id
        if id >= 0, let child = literalEdges[Self.edge(index, id)] { enter(child, &walk) }
      }
      if node.anyOne != 0, !segment.isEmpty { enter(node.anyOne, &walk) }
      for edge in globEdges[node.globs] {
        guard nodes[Int(edge.child)].best > walk.best else { break }
        if edge.glob.matches(segment) { enter(edge.child, &walk) }
      }
      if node.isAnyDepth { walk.next.append(index) }
    }
  }

  /// Makes a node alive, and with it the one that stays alive below it, unless that one stays alive by itself.
  private func enter(_ node: Index, _ walk: inout Walk) {
    walk.next.append(node)
    let below = nodes[Int(node)].anyDepth
    if below != 0, !walk.isActive(below) { walk.next.append(below) }
  }
}

/// Makes a matcher out of patterns.
struct PatternMatcherBuilder {
  private var matcher = PatternMatcher()

  /// Adds a pattern whose rule comes after those before.
  ///
  /// - Parameter ownsSubtree: whether a folder that the whole pattern matches owns what is in it.
  mutating func insert(_ pattern: Pattern, rule: Int32, ownsSubtree: Bool) {
    matcher.insert(pattern, rule: rule, ownsSubtree: ownsSubtree)
  }

  func finish() -> PatternMatcher {
    var result = matcher
    result.finish()
    return result
  }
}
