/// All patterns of a file as one tree over path segments.
///
/// A path walks down along every branch that fits. "The last match wins" is a maximum over the rules met, and branches that cannot
/// win any more are left. The cost is the path's segments times the branches that are alive, one to four as a rule, whatever the
/// number of rules; at worst, every node once for each segment.
final class PatternMatcher: Sendable {
  let nodes: Frozen<PatternNode>
  let names: Frozen<UInt8>
  let edges: EdgeTable<Frozen<EdgeSlot>>
  /// A way past the walk for single paths; only a file of an ordinary size has it.
  let anchored: AnchoredNames?
  let globs: GlobTable
  /// For each rule, the one before that ends at the same node: for paths that end there, and for those that go on.
  private let previousHere: [Int32]
  private let previousBelow: [Int32]

  init(
    nodes: [PatternNode], names: Frozen<UInt8>, edges: EdgeTable<[EdgeSlot]>, anchored: AnchoredNames?, globs: GlobTable,
    previousHere: [Int32], previousBelow: [Int32]
  ) {
    self.nodes = Frozen(nodes)
    self.names = names
    self.edges = edges.frozen()
    self.anchored = anchored
    self.globs = globs
    self.previousHere = previousHere
    self.previousBelow = previousBelow
  }

  deinit {
    nodes.deallocate()
    names.deallocate()
    edges.slots.deallocate()
    anchored?.deallocate()
  }

  /// Returns the last rule that matches a path, or `nil` when none does.
  ///
  /// Releases nothing that others hold, and the compiler is told so: then the path is not retained for it.
  @inline(never) @_effects(releasenone)
  func lastMatch(for path: RawSpan) -> Int? {
    guard let anchored, let found = StraightSearch.search(path, anchored, in: self) else { return walk(path, floor: -1) }
    guard found.missed <= found.best else { return walk(path, floor: found.best) }
    return found.best < 0 ? nil : Int(found.best)
  }

  /// Walks for what the straight search did not see.
  ///
  /// Returns the last rule that matches a path, when one does after `floor`, which is another one that matches.
  @inline(never)
  private func walk(_ path: RawSpan, floor: Int32) -> Int? {
    let best = SmallStack.withTwo { plain, loops in
      var walk = PatternWalk(LastMatch.self, floor: floor, plain: plain, loops: loops)
      walk.begin(path, in: self)
      walk.go(path, in: self)
      return walk.sink.best
    }
    return best < 0 ? nil : Int(best)
  }

  /// Returns every rule that matches a path, in order.
  func matches(of path: String) -> [Int] {
    var rules: Set<Int> = []
    forEachMatch(of: path) { rules.insert(Int($0)) }
    return rules.sorted()
  }

  /// Calls a function with every rule that matches a path, in no order, and with some more than once.
  func forEachMatch(of path: String, _ body: (Int32) -> Void) {
    let heads = path.withBytes { path in
      SmallStack.withTwo { plain, loops in
        var walk = PatternWalk(AllMatches.self, plain: plain, loops: loops)
        walk.begin(path, in: self)
        walk.go(path, in: self)
        return walk.sink.heads
      }
    }
    for head in heads {
      var rule = head.rule
      while rule >= 0 {
        body(rule)
        rule = head.isEnd ? previousHere[Int(rule)] : previousBelow[Int(rule)]
      }
    }
  }
}

extension Lent<PatternMatcher> {
  /// Returns the last rule that matches a path, or `nil` when none does.
  @inline(__always)
  func lastMatch(for path: String) -> Int? {
    path.withBytes { path in use { $0.lastMatch(for: path) } }
  }
}

/// What a walk is to find.
protocol MatchSink {
  init(floor: Int32)
  /// Rules up to this one are of no interest.
  var floor: Int32 { get }
  /// Takes the last rule of a node that a path ends at, or goes on from.
  mutating func meet(_ rule: Int32, at node: Int32, isEnd: Bool)
}

/// The last rule of all.
struct LastMatch: MatchSink {
  private(set) var best: Int32
  var floor: Int32 { best }

  init(floor: Int32) { best = floor }

  @inline(__always)
  mutating func meet(_ rule: Int32, at node: Int32, isEnd: Bool) { best = max(best, rule) }
}

/// The last rule of every node that the path ends at, or goes on from.
struct AllMatches: MatchSink {
  struct Head {
    var rule: Int32
    var isEnd: Bool
  }

  private(set) var heads: [Head] = []
  let floor: Int32

  init(floor: Int32) { self.floor = floor }

  mutating func meet(_ rule: Int32, at node: Int32, isEnd: Bool) {
    if rule >= 0 { heads.append(Head(rule: rule, isEnd: isEnd)) }
  }
}
