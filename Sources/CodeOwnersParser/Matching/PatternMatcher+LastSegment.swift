extension PatternMatcher {
  /// Returns the last rule for a path whose last segment is looked at from a node; `floor` when there is none after it.
  ///
  /// Nothing goes on from there, so nothing is kept alive.
  @inline(__always)
  func lastSegment(_ path: RawSpan, from start: Int, at node: Int32, hash: inout UInt64, floor: Int32) -> Int32 {
    let (known, end) = (nodes[Int(node)], path.byteCount)
    var best = floor
    guard known.deep > best else { return best }
    if known.nameBits & PatternNode.nameBit(path, from: start, to: end) != 0 {
      best = max(best, lastName(path, from: start, at: node, hash: &hash))
    }
    guard end > start else { return best }
    if known.anyOne != 0 { best = max(best, nodes[Int(known.anyOne)].here) }
    guard known.globs >= 0 else { return best }
    let group = globs.groups[Int(known.globs)]
    if group.mayMatch(path, from: start, to: end, triesOthers: false)
      || globs.mayHaveOthers(Int(known.globs), path, from: start, to: end, floor: best)
    {
      best = lastGlob(path, from: start, group: Int(known.globs), floor: best)
    }
    return best
  }

  @inline(never)
  private func lastName(_ path: RawSpan, from start: Int, at node: Int32, hash: inout UInt64) -> Int32 {
    if hash == 0 { hash = path.hash(from: start, to: path.byteCount, seed: edges.seed) }
    let child = edges.find(node, hash, path, from: start, to: path.byteCount, nodes, names)
    return child == 0 ? -1 : nodes[Int(child)].here
  }

  @inline(never)
  func lastGlob(_ path: RawSpan, from start: Int, group: Int, floor: Int32) -> Int32 {
    var best = floor
    globs.forEachMatch(group, path, from: start, to: path.byteCount, floor: floor) { child in
      best = max(best, nodes[Int(child)].here)
      return best
    }
    return best
  }
}
