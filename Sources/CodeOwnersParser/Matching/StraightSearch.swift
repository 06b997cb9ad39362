/// Looks for the last rule of a path along the one branch that its names lead to, and a single step beside it.
///
/// That is all there is to see in most files: names from the root on, globs for what lies in a folder, and names and globs anywhere
/// below one. What leads on from beside the branch is left to `PatternWalk`.
struct StraightSearch: ~Copyable {
  /// The last rule found.
  private(set) var best: Int32
  /// The last rule that may be found where this does not look.
  private(set) var missed: Int32 = -1
  /// Where the segments seen so far end.
  private var ends: SmallStack<Int32>
  private var slashes = Slashes(from: 0)

  /// Returns what a search finds; `nil` when names have the same hash and are not the same, which nobody can bring about on purpose.
  @inline(__always)
  static func search(
    _ path: RawSpan, _ anchored: AnchoredNames, in matcher: PatternMatcher
  ) -> (best: Int32, missed: Int32)? {
    guard path.byteCount > 0 else { return (-1, -1) }
    return SmallStack<Int32>.withRoom { ends in
      var search = Self(best: matcher.nodes[0].below, ends: ends)
      return search.follow(path, anchored, in: matcher) ? (search.best, search.missed) : nil
    }
  }

  private init(best: Int32, ends: consuming SmallStack<Int32>) {
    self.best = best
    self.ends = ends
  }

  /// Goes along the names; returns whether they are those of the path.
  @inline(__always)
  private mutating func follow(_ path: RawSpan, _ anchored: AnchoredNames, in matcher: PatternMatcher) -> Bool {
    var (last, lastEnd, hasMore) = (Int32(0), 0, true)
    var hash = PrefixHash(seed: anchored.seed)
    while hasMore, lastEnd < path.byteCount {
      let end = nextEnd(path)
      let found = anchored.find(hash.advance(to: end, of: path))
      guard found.node != 0 else { break }
      (last, lastEnd, hasMore) = (found.node, end, found.hasMore)
    }
    let place = anchored.places[Int(last)]
    guard last == 0 || anchored.isPath(path, to: lastEnd, place) else { return false }
    let (node, isEnd) = (matcher.nodes[Int(last)], last != 0 && lastEnd == path.byteCount)
    best = max(place.above, isEnd ? node.here : node.below)
    var fork = isEnd ? anchored.places[Int(node.parent)].fork : place.fork
    while fork >= 0 {
      lookBeside(fork, Int(anchored.places[Int(fork)].depth), path, matcher)
      fork = fork == 0 ? -1 : anchored.places[Int(matcher.nodes[Int(fork)].parent)].fork
    }
    return true
  }

  @inline(__always)
  private mutating func nextEnd(_ path: RawSpan) -> Int {
    let end = slashes.next(in: path)
    ends.append(Int32(truncatingIfNeeded: end))
    return end
  }

  /// Looks at all but the names that lead on from a node, which the path reaches with its first `depth` segments.
  @inline(never)
  private mutating func lookBeside(_ fork: Int32, _ depth: Int, _ path: RawSpan, _ matcher: PatternMatcher) {
    let node = matcher.nodes[Int(fork)]
    guard node.deep > best else { return }
    let start = depth == 0 ? 0 : Int(ends[depth &- 1]) &+ 1
    let end = depth < ends.count ? Int(ends[depth]) : nextEnd(path)
    let group = node.globs < 0 ? GlobTable.Group() : matcher.globs.groups[Int(node.globs)]
    takeShapes(node, group, path, from: start, to: end, matcher)
    if node.loop != 0 { lookBelow(node.loop, from: depth, start, path, matcher) }
  }

  /// Looks at what leads on from a node that stays alive, one segment after the other.
  @inline(__always)
  private mutating func lookBelow(
    _ loop: Int32, from depth: Int, _ first: Int, _ path: RawSpan, _ matcher: PatternMatcher
  ) {
    let node = matcher.nodes[Int(loop)]
    let group = node.globs < 0 ? GlobTable.Group() : matcher.globs.groups[Int(node.globs)]
    guard node.deep > best else { return }
    if node.lengths == 0, node.anyOne == 0, group.hasOnlySuffixes {
      return lookForSuffixes(node, group, from: depth, first, path, matcher)
    }
    var (start, place) = (first, depth)
    while node.deep > best {
      let end = place < ends.count ? Int(ends[place]) : nextEnd(path)
      if node.lengths & PatternNode.lengthBit(end &- start) != 0 { takeNamed(loop, path, from: start, to: end, matcher) }
      takeShapes(node, group, path, from: start, to: end, matcher)
      if end == path.byteCount { return }
      start = end &+ 1
      place &+= 1
    }
  }

  /// Looks for endings alone, `*.md`, which is all that floats in many files.
  @inline(__always)
  private mutating func lookForSuffixes(
    _ node: PatternNode, _ group: GlobTable.Group, from depth: Int, _ first: Int, _ path: RawSpan, _ matcher: PatternMatcher
  ) {
    var (start, place) = (first, depth)
    while start <= path.byteCount {
      let end = place < ends.count ? Int(ends[place]) : nextEnd(path)
      if group.mayHaveSuffix(path, from: start, to: end) {
        takeGlobs(Int(node.globs), path, from: start, to: end, matcher)
        if node.deep <= best { return }
      }
      start = end &+ 1
      place &+= 1
    }
  }

  @inline(never)
  private mutating func takeNamed(_ node: Int32, _ path: RawSpan, from start: Int, to end: Int, _ matcher: PatternMatcher) {
    let hash = path.hash(from: start, to: end, seed: matcher.edges.seed)
    let child = matcher.edges.find(node, hash, path, from: start, to: end, matcher.nodes, matcher.names)
    if child != 0 { take(child, isEnd: end == path.byteCount, matcher.nodes) }
  }

  @inline(__always)
  private mutating func takeShapes(
    _ node: PatternNode, _ group: GlobTable.Group, _ path: RawSpan, from start: Int, to end: Int, _ matcher: PatternMatcher
  ) {
    guard end > start else { return }
    if node.anyOne != 0 { take(node.anyOne, isEnd: end == path.byteCount, matcher.nodes) }
    if group.mayMatch(path, from: start, to: end) {
      takeGlobs(Int(node.globs), path, from: start, to: end, matcher)
    }
  }

  @inline(never)
  private mutating func takeGlobs(_ group: Int, _ path: RawSpan, from start: Int, to end: Int, _ matcher: PatternMatcher) {
    let nodes = matcher.nodes
    matcher.globs.forEachMatch(group, path, from: start, to: end, floor: best) { child in
      take(child, isEnd: end == path.byteCount, nodes)
      return best
    }
  }

  /// Takes what a node beside the branch says.
  @inline(__always)
  private mutating func take(_ index: Int32, isEnd: Bool, _ nodes: Frozen<PatternNode>) {
    let node = nodes[Int(index)]
    best = max(best, isEnd ? node.here : node.below)
    if !isEnd { missed = max(missed, node.deep) }
  }
}
