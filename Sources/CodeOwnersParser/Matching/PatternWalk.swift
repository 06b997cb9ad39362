/// A path on its way through a tree: the nodes that are alive after some of its segments.
struct PatternWalk<Sink: MatchSink>: ~Copyable {
  /// What is known after a folder of the path, so that a neighbour can go on from there.
  struct Level: BitwiseCopyable {
    /// Where the next segment begins.
    var start = 0
    var bottom = 0
    var top = 0
    var loops = 0
    var loopsDeep: Int32 = -1
    var floor: Int32 = -1
  }

  private(set) var sink = Sink(floor: -1)
  /// The nodes reached by the last segment, from `bottom` on.
  private var plain: SmallStack<Int32>
  private var bottom = 0
  /// The nodes that stay alive: once there, always there.
  private var loops: SmallStack<Int32>
  /// The last rule that any of them may lead to.
  private var loopsDeep: Int32 = -1
  /// Which nodes are in `loops`, a bit each, once they are many.
  private var marks = SmallStack<UInt64>()
  private let keepsLevels: Bool
  private var levels = SmallStack<Level>()

  init(_: Sink.Type, plain: consuming SmallStack<Int32>, loops: consuming SmallStack<Int32>, keepsLevels: Bool = false) {
    self.plain = plain
    self.loops = loops
    self.keepsLevels = keepsLevels
  }

  /// Stands at the root.
  @inline(__always)
  mutating func begin(_ path: RawSpan, in matcher: PatternMatcher) {
    if path.byteCount > 0 { enter(0, isEnd: false, matcher.nodes) }
  }

  /// Goes from a segment on until the path ends or nothing can be found any more.
  @inline(__always)
  mutating func go(_ path: RawSpan, from first: Int = 0, in matcher: PatternMatcher) {
    let (nodes, names, edges, groups) = (matcher.nodes, matcher.names, matcher.edges, matcher.globs.groups)
    var start = first
    while plain.count > bottom || loopsDeep > sink.floor {
      let end = path.endOfSegment(from: start)
      let isEnd = end == path.byteCount
      let (loopCount, top) = (loops.count, plain.count)
      let lengthBit = PatternNode.lengthBit(end &- start)
      var hash: UInt64?
      // Loops come before the others; those that stopped mattering are passed over all at once.
      var place = loopsDeep > sink.floor ? -loopCount : 0
      while place < top &- bottom {
        let node = place < 0 ? loops[place &+ loopCount] : plain[place &+ bottom]
        place &+= 1
        let known = nodes[Int(node)]
        guard known.deep > sink.floor else { continue }
        if known.lengths & lengthBit != 0 {
          let key = hash ?? path.hash(from: start, to: end, seed: edges.seed)
          hash = key
          let child = edges.find(node, key, path, from: start, to: end, nodes, names)
          if child != 0 { enter(child, isEnd: isEnd, nodes) }
        }
        if known.anyOne != 0, end > start { enterOne(known.anyOne, isEnd: isEnd, nodes) }
        if known.globs >= 0, end > start, groups[Int(known.globs)].mayMatch(path, from: start, to: end) {
          enterGlobs(Int(known.globs), path, start, end, isEnd, matcher)
        }
      }
      if isEnd { return }
      start = end &+ 1
      settle(top, before: start)
    }
  }

  /// Apart, so that `enter` is written out only once where it matters.
  @inline(never)
  private mutating func enterOne(_ node: Int32, isEnd: Bool, _ nodes: Frozen<PatternNode>) {
    enter(node, isEnd: isEnd, nodes)
  }

  @inline(never)
  private mutating func enterGlobs(
    _ group: Int, _ path: RawSpan, _ start: Int, _ end: Int, _ isEnd: Bool, _ matcher: PatternMatcher
  ) {
    let nodes = matcher.nodes
    matcher.globs.forEachMatch(group, path, from: start, to: end, floor: sink.floor) { child in
      enter(child, isEnd: isEnd, nodes)
      return sink.floor
    }
  }

  /// Meets what a node says, and keeps it alive when the path goes on and it leads anywhere.
  @inline(__always)
  private mutating func enter(_ node: Int32, isEnd: Bool, _ nodes: Frozen<PatternNode>) {
    let index = Int(node)
    sink.meet(isEnd ? nodes[index].here : nodes[index].below, at: node, isEnd: isEnd)
    guard !isEnd, nodes[index].deep > sink.floor else { return }
    plain.append(node)
    let loop = nodes[index].loop
    if loop != 0 { addLoop(loop, nodes) }
  }

  private mutating func addLoop(_ loop: Int32, _ nodes: Frozen<PatternNode>) {
    let deep = nodes[Int(loop)].deep
    guard deep > sink.floor, !isLooping(loop) else { return }
    loops.append(loop)
    loopsDeep = max(loopsDeep, deep)
    if marks.count > 0 {
      mark(loop, true)
    } else if loops.count > 32 {
      for _ in 0...nodes.count / 64 { marks.append(0) }
      for place in 0..<loops.count { mark(loops[place], true) }
    }
  }

  private func isLooping(_ loop: Int32) -> Bool {
    if marks.count > 0 { return marks[Int(loop) / 64] >> UInt64(loop % 64) & 1 == 1 }
    for place in 0..<loops.count where loops[place] == loop { return true }
    return false
  }

  private mutating func mark(_ loop: Int32, _ isOn: Bool) {
    let bit: UInt64 = 1 << UInt64(loop % 64)
    if isOn { marks[Int(loop) / 64] |= bit } else { marks[Int(loop) / 64] &= ~bit }
  }
}

extension PatternWalk {
  /// More than this is not kept for neighbours.
  private static var maximumKept: Int { 1 << 16 }

  /// Makes what was reached above `top` what is alive.
  @inline(__always)
  private mutating func settle(_ top: Int, before start: Int) {
    bottom = top
    if plain.count > (keepsLevels ? Self.maximumKept : 32) {
      levels.truncate(to: 0)
      plain.removeBottom(top)
      bottom = 0
    }
    guard keepsLevels else { return }
    levels.append(
      Level(start: start, bottom: bottom, top: plain.count, loops: loops.count, loopsDeep: loopsDeep, floor: sink.floor))
  }

  /// Goes back to the last folder within the first `shared` bytes of the path and returns where its next segment begins; `nil` when
  /// there is none, and the walk is as it was made.
  @inline(__always)
  mutating func goBack(toWithin shared: Int) -> Int? {
    var count = levels.count
    while count > 0, levels[count &- 1].start > shared { count &-= 1 }
    levels.truncate(to: count)
    let level = count > 0 ? levels[count &- 1] : Level()
    if marks.count > 0 {
      for place in level.loops..<loops.count { mark(loops[place], false) }
    }
    plain.truncate(to: level.top)
    loops.truncate(to: level.loops)
    (bottom, loopsDeep, sink) = (level.bottom, level.loopsDeep, Sink(floor: level.floor))
    return count > 0 ? level.start : nil
  }
}
