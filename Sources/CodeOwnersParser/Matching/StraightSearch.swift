/// Looks for the last rule of a path along the one branch that its names lead to, and a single step beside it.
///
/// That is all there is to see in most files: names from the root on, globs for what lies in a folder, and names and globs anywhere
/// below one. What leads on from beside the branch is left to `PatternWalk`.
struct StraightSearch: BitwiseCopyable {
  /// The last rule found.
  private(set) var best: Int32
  /// The last rule that may be found where this does not look.
  private(set) var missed: Int32 = -1

  /// Returns what a search finds; `nil` when names have the same hash and are not the same, which nobody can bring about on purpose.
  @inline(__always)
  static func search(_ path: RawSpan, _ anchored: AnchoredNames, in matcher: PatternMatcher) -> Self? {
    guard path.byteCount > 0 else { return Self(best: -1) }
    var slashes = Slashes(path)
    let (last, end) = anchored.last(of: path, &slashes)
    let place = anchored.places[Int(last)]
    guard last == 0 || anchored.isPath(path, to: end, place) else { return nil }
    let (node, isEnd) = (matcher.nodes[Int(last)], end == path.byteCount)
    var search = Self(best: max(place.above, isEnd ? node.here : node.below))
    var next = isEnd ? anchored.places[Int(node.parent)] : place
    while next.beside > search.best {
      search = search.lookingBeside(next.fork, path, slashes, anchored.places, matcher)
      guard next.fork > 0 else { break }
      next = anchored.places[Int(matcher.nodes[Int(next.fork)].parent)]
    }
    return search
  }

  private init(best: Int32) { self.best = best }

  /// Looks at all but the names that lead on from a node that the path reaches.
  @inline(never)
  private func lookingBeside(
    _ fork: Int32, _ path: RawSpan, _ known: Slashes, _ anchored: Frozen<AnchoredNames.Place>, _ matcher: PatternMatcher
  ) -> Self {
    let start = fork == 0 ? 0 : Int(anchored[Int(fork)].count) &+ 1
    let node = matcher.nodes[Int(fork)]
    var (search, slashes) = (self, known.starting(at: start, of: path))
    if node.globs >= 0 || node.anyOne != 0 {
      search.takeShapes(node, path, from: start, to: slashes.end(from: start, of: path), matcher)
    }
    guard node.loop != 0 else { return search }
    let loop = matcher.nodes[Int(node.loop)]
    guard loop.deep > search.best else { return search }
    if loop.hasOnlyGlobs, matcher.globs.groups[Int(loop.globs)].hasOnlySuffixes {
      return search.lookingForSuffixes(loop, from: start, path, slashes, matcher)
    }
    return search.lookingBelow(node.loop, from: start, path, slashes, matcher)
  }

  /// Looks for endings alone, `*.md`, which is all that floats in many files.
  @inline(__always)
  private func lookingForSuffixes(
    _ loop: PatternNode, from first: Int, _ path: RawSpan, _ known: Slashes, _ matcher: PatternMatcher
  ) -> Self {
    let group = matcher.globs.groups[Int(loop.globs)]
    var (search, slashes, start) = (self, known, first)
    while start <= path.byteCount {
      let end = slashes.end(from: start, of: path)
      if group.mayHaveSuffix(path, from: start, to: end) {
        search = search.takingGlobs(Int(loop.globs), path, from: start, to: end, matcher)
        if loop.deep <= search.best { break }
      }
      start = end &+ 1
    }
    return search
  }

  /// Looks at what leads on from a node that stays alive, one segment after the other.
  @inline(never)
  private func lookingBelow(
    _ loop: Int32, from first: Int, _ path: RawSpan, _ known: Slashes, _ matcher: PatternMatcher
  ) -> Self {
    let node = matcher.nodes[Int(loop)]
    let triesOthers =
      node.globs >= 0 && matcher.globs.mayHaveOthers(Int(node.globs), path, from: first, to: path.byteCount, floor: best)
    var (search, slashes, start) = (self, known, first)
    while node.deep > search.best {
      let end = slashes.end(from: start, of: path)
      if node.nameBits & PatternNode.nameBit(path, from: start, to: end) != 0 {
        let hash = path.hash(from: start, to: end, seed: matcher.edges.seed)
        if matcher.edges.mayFind(loop, hash) { search = search.takingNamed(loop, hash, path, from: start, to: end, matcher) }
      }
      search.takeShapes(node, path, from: start, to: end, triesOthers: triesOthers, matcher)
      if end == path.byteCount { break }
      start = end &+ 1
    }
    return search
  }

  @inline(never)
  private func takingNamed(
    _ node: Int32, _ hash: UInt64, _ path: RawSpan, from start: Int, to end: Int, _ matcher: PatternMatcher
  ) -> Self {
    let child = matcher.edges.find(node, hash, path, from: start, to: end, matcher.nodes, matcher.names)
    return child == 0 ? self : taking(child, isEnd: end == path.byteCount, matcher.nodes)
  }

  @inline(__always)
  private mutating func takeShapes(
    _ node: PatternNode, _ path: RawSpan, from start: Int, to end: Int, triesOthers: Bool = true, _ matcher: PatternMatcher
  ) {
    guard end > start else { return }
    if node.anyOne != 0 { self = taking(node.anyOne, isEnd: end == path.byteCount, matcher.nodes) }
    guard node.globs >= 0 else { return }
    let group = matcher.globs.groups[Int(node.globs)]
    if group.best > best, group.mayMatch(path, from: start, to: end, triesOthers: triesOthers) {
      self = takingGlobs(Int(node.globs), path, from: start, to: end, matcher)
    }
  }

  @inline(never)
  private func takingGlobs(_ group: Int, _ path: RawSpan, from start: Int, to end: Int, _ matcher: PatternMatcher) -> Self {
    var search = self
    matcher.globs.forEachMatch(group, path, from: start, to: end, floor: best) { child in
      search = search.taking(child, isEnd: end == path.byteCount, matcher.nodes)
      return search.best
    }
    return search
  }

  /// Takes what a node beside the branch says.
  @inline(__always)
  private func taking(_ index: Int32, isEnd: Bool, _ nodes: Frozen<PatternNode>) -> Self {
    let node = nodes[Int(index)]
    var search = self
    search.best = max(best, isEnd ? node.here : node.below)
    if !isEnd { search.missed = max(missed, node.deep) }
    return search
  }
}
