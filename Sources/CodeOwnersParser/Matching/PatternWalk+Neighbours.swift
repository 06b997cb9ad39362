extension PatternWalk where Sink == LastMatch {
  /// A walk that goes from path to path, and on from what they begin with in common.
  static func ofNeighbours() -> Self {
    Self(LastMatch.self, plain: SmallStack(), loops: SmallStack(), keepsLevels: true)
  }

  /// Returns the last rule that matches a path which shares its first bytes with the one before, or `nil`.
  @inline(__always)
  mutating func lastMatch(for path: RawSpan, sharing shared: Int, in matcher: PatternMatcher) -> Int? {
    let best = lastMatchInFolder(path, sharing: shared, in: matcher) ?? lastMatchElsewhere(path, sharing: shared, in: matcher)
    return best < 0 ? nil : Int(best)
  }

  /// The last rule for a path in the last folder that is kept, or below it where folders lead nowhere; then nothing is kept of them.
  @inline(__always)
  private mutating func lastMatchInFolder(_ path: RawSpan, sharing shared: Int, in matcher: PatternMatcher) -> Int32? {
    guard levels.count > 0 else { return nil }
    let level = levels[levels.count &- 1]
    guard level.start <= shared else { return nil }
    if level.endings == Level.nothing { return level.floor }
    if level.endings >= 0 {
      let start = tail > level.start && tail <= shared ? tail : level.start
      return lastEnding(path, from: start, group: Int(level.endings), floor: level.floor, matcher)
    }
    return path.endOfSegment(from: level.start) == path.byteCount ? lastSegment(path, matcher) : nil
  }

  /// The last rule where nothing but endings is alive; `nil` when a folder may have one.
  @inline(__always)
  private mutating func lastEnding(
    _ path: RawSpan, from first: Int, group number: Int, floor: Int32, _ matcher: PatternMatcher
  ) -> Int32? {
    let group = matcher.globs.groups[number]
    var (slashes, start) = (Slashes(path, from: first), first)
    while true {
      let end = slashes.end(from: start, of: path)
      let mayFit = group.mayHaveSuffix(path, from: start, to: end)
      if end == path.byteCount {
        // The folders before are not looked at again for the next path.
        tail = start
        return mayFit ? matcher.lastGlob(path, from: start, group: number, floor: floor) : floor
      }
      if mayFit { return nil }
      start = end &+ 1
    }
  }

  /// The last rule for a path in the last folder.
  @inline(__always)
  private mutating func lastSegment(_ path: RawSpan, _ matcher: PatternMatcher) -> Int32 {
    let level = levels[levels.count &- 1]
    let (loopCount, plainCount) = (level.loopsDeep > level.floor ? level.loops : 0, level.top &- level.bottom)
    guard loopCount <= 1, plainCount <= 1 else { return lastSegmentOfMany(path, matcher) }
    var (best, hash) = (level.floor, UInt64(0))
    if loopCount == 1 { best = matcher.lastSegment(path, from: level.start, at: loops[0], hash: &hash, floor: best) }
    if plainCount == 1 {
      best = matcher.lastSegment(path, from: level.start, at: plain[Int(level.bottom)], hash: &hash, floor: best)
    }
    return best
  }

  @inline(never)
  private mutating func lastSegmentOfMany(_ path: RawSpan, _ matcher: PatternMatcher) -> Int32 {
    let level = levels[levels.count &- 1]
    var (best, hash) = (level.floor, UInt64(0))
    for place in 0..<(level.loopsDeep > best ? Int(level.loops) : 0) {
      best = matcher.lastSegment(path, from: level.start, at: loops[place], hash: &hash, floor: best)
    }
    for place in Int(level.bottom)..<Int(level.top) {
      best = matcher.lastSegment(path, from: level.start, at: plain[place], hash: &hash, floor: best)
    }
    return best
  }

  @inline(never)
  private mutating func lastMatchElsewhere(_ path: RawSpan, sharing shared: Int, in matcher: PatternMatcher) -> Int32 {
    let start = goBack(toWithin: shared)
    if start == nil { begin(path, in: matcher) }
    go(path, from: start ?? 0, in: matcher)
    return sink.best
  }
}
