/// A path on its way through a tree: the nodes that are alive after some of its segments.
struct PatternWalk<Sink: MatchSink>: ~Copyable {
  /// What all nodes that are alive ask about.
  private struct Segment: BitwiseCopyable {
    var start: Int
    var end: Int
    var isEnd: Bool
  }

  /// What is known after a folder of the path, so that a neighbour can go on from there.
  struct Level: BitwiseCopyable {
    /// Where the next segment begins.
    var start = 0
    var bottom: Int32 = 0
    var top: Int32 = 0
    var loops: Int32 = 0
    var loopsDeep: Int32 = -1
    var floor: Int32 = -1
    /// The group of endings, where these alone are alive; `nothing`, or `something` else.
    var endings: Int32 = Self.something

    static var something: Int32 { -1 }
    static var nothing: Int32 { -2 }
  }

  private(set) var sink: Sink
  /// The nodes reached by the last segment, from `bottom` on.
  var plain: SmallStack<Int32>
  var bottom = 0
  /// The nodes that stay alive: once there, always there.
  var loops: SmallStack<Int32>
  /// The last rule that any of them may lead to.
  private var loopsDeep: Int32 = -1
  /// Which nodes are in `loops`, a bit each, once they are many.
  private var marks = SmallStack<UInt64>()
  private let keepsLevels: Bool
  var levels = SmallStack<Level>()
  /// Where the last segment of the last path begins, when all the folders between the last level and it led nowhere; or 0.
  var tail = 0

  init(
    _: Sink.Type, floor: Int32 = -1, plain: consuming SmallStack<Int32>, loops: consuming SmallStack<Int32>,
    keepsLevels: Bool = false
  ) {
    sink = Sink(floor: floor)
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
    var start = first
    while plain.count > bottom || loopsDeep > sink.floor {
      let end = path.endOfSegment(from: start)
      let segment = Segment(start: start, end: end, isEnd: end == path.byteCount)
      // 0 until a node needs it.
      var hash: UInt64 = 0
      let (loopCount, top) = (loops.count, plain.count)
      // One node of each kind is the rule, so those are not a loop.
      if loopCount > 0, loopsDeep > sink.floor {
        visit(loops[0], path, segment, &hash, matcher)
        if loopCount > 1 { visitLoops(1..<loopCount, path, segment, hash, matcher) }
      }
      if top > bottom {
        visit(plain[bottom], path, segment, &hash, matcher)
        if top &- bottom > 1 { visitPlain(bottom &+ 1..<top, path, segment, hash, matcher) }
      }
      if segment.isEnd { return }
      start = end &+ 1
      settle(top, before: start, in: matcher)
    }
  }

  @inline(never)
  private mutating func visitLoops(
    _ places: Range<Int>, _ path: RawSpan, _ segment: Segment, _ known: UInt64, _ matcher: PatternMatcher
  ) {
    var hash = known
    for place in places { visitApart(loops[place], path, segment, &hash, matcher) }
  }

  @inline(never)
  private mutating func visitPlain(
    _ places: Range<Int>, _ path: RawSpan, _ segment: Segment, _ known: UInt64, _ matcher: PatternMatcher
  ) {
    var hash = known
    for place in places { visitApart(plain[place], path, segment, &hash, matcher) }
  }

  @inline(never)
  private mutating func visitApart(
    _ node: Int32, _ path: RawSpan, _ segment: Segment, _ hash: inout UInt64, _ matcher: PatternMatcher
  ) {
    visit(node, path, segment, &hash, matcher)
  }

  @inline(__always)
  private mutating func visit(
    _ node: Int32, _ path: RawSpan, _ segment: Segment, _ hash: inout UInt64, _ matcher: PatternMatcher
  ) {
    let nodes = matcher.nodes
    let known = nodes[Int(node)]
    guard known.deep > sink.floor else { return }
    let (start, end) = (segment.start, segment.end)
    if known.nameBits & PatternNode.nameBit(path, from: start, to: end) != 0 {
      if hash == 0 { hash = path.hash(from: start, to: end, seed: matcher.edges.seed) }
      let child = matcher.edges.find(node, hash, path, from: start, to: end, nodes, matcher.names)
      if child != 0 { enter(child, isEnd: segment.isEnd, nodes) }
    }
    guard end > start else { return }
    if known.anyOne != 0 { enterOne(known.anyOne, isEnd: segment.isEnd, nodes) }
    if known.globs >= 0, matcher.globs.groups[Int(known.globs)].mayMatch(path, from: start, to: end) {
      enterGlobs(Int(known.globs), path, segment, matcher)
    }
  }

  /// Apart, so that `enter` is written out only once where it matters.
  @inline(never)
  private mutating func enterOne(_ node: Int32, isEnd: Bool, _ nodes: Frozen<PatternNode>) {
    enter(node, isEnd: isEnd, nodes)
  }

  @inline(never)
  private mutating func enterGlobs(_ group: Int, _ path: RawSpan, _ segment: Segment, _ matcher: PatternMatcher) {
    let nodes = matcher.nodes
    matcher.globs.forEachMatch(group, path, from: segment.start, to: segment.end, floor: sink.floor) { child in
      enter(child, isEnd: segment.isEnd, nodes)
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
  private mutating func settle(_ top: Int, before start: Int, in matcher: PatternMatcher) {
    bottom = top
    if plain.count > (keepsLevels ? Self.maximumKept : 32) {
      levels.truncate(to: 0)
      plain.removeBottom(top)
      bottom = 0
    }
    guard keepsLevels else { return }
    levels.append(
      Level(
        start: start, bottom: Int32(truncatingIfNeeded: bottom), top: Int32(truncatingIfNeeded: plain.count),
        loops: Int32(truncatingIfNeeded: loops.count), loopsDeep: loopsDeep, floor: sink.floor, endings: endings(in: matcher)))
  }

  @inline(__always)
  private func endings(in matcher: PatternMatcher) -> Int32 {
    guard plain.count == bottom else { return Level.something }
    guard loopsDeep > sink.floor else { return Level.nothing }
    guard loops.count == 1 else { return Level.something }
    let node = matcher.nodes[Int(loops[0])]
    return node.hasOnlyGlobs && matcher.globs.groups[Int(node.globs)].hasOnlySuffixes ? node.globs : Level.something
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
      for place in Int(level.loops)..<loops.count { mark(loops[place], false) }
    }
    plain.truncate(to: Int(level.top))
    loops.truncate(to: Int(level.loops))
    (bottom, loopsDeep, sink, tail) = (Int(level.bottom), level.loopsDeep, Sink(floor: level.floor), 0)
    return count > 0 ? level.start : nil
  }
}
