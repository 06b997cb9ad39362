/// Counts what it costs to look a path up, which depends on how many globs there are that nothing but a try tells from others.
struct LookUpWork {
  private struct Tree {
    let matcher: PatternMatcher
    /// For each group of globs, how many a segment may have to try.
    let tries: [Int]
  }

  /// The nodes that a path goes on from.
  private struct Entered: MatchSink {
    private(set) var nodes: [Int32] = []
    let floor: Int32

    init(floor: Int32) { self.floor = floor }

    mutating func meet(_ rule: Int32, at node: Int32, isEnd: Bool) {
      if !isEnd { nodes.append(node) }
    }
  }

  private let trees: [Tree]

  init(_ file: CodeOwnersFile) {
    let sections = file.contents.sectionedMatcher
    trees = [file.contents.matcher, sections?.rules, sections?.exclusions].compactMap(\.self)
      .map { Tree(matcher: $0, tries: Self.tries($0.globs)) }
  }

  /// The steps that a look-up of every match takes; one of the last match takes as many at most.
  func steps(of path: String) -> Int { trees.reduce(0) { $0 + steps(of: path, in: $1) } }

  private func steps(of path: String, in tree: Tree) -> Int {
    let segments = path.utf8.count { $0 == .slash } + 1
    // A try goes over a name sixteen bytes at once.
    let bytes = path.utf8.count / 16 + 1
    func cost(_ node: PatternNode) -> Int { 1 + (node.globs < 0 ? 0 : tree.tries[Int(node.globs)] * bytes) }
    var (steps, loops) = (0, Set<Int32>())
    for node in entered(path, tree.matcher).lazy.map({ tree.matcher.nodes[Int($0)] }) {
      steps += cost(node)
      if node.loop != 0, loops.insert(node.loop).inserted { steps += cost(tree.matcher.nodes[Int(node.loop)]) * segments }
    }
    return steps
  }

  private func entered(_ path: String, _ matcher: PatternMatcher) -> [Int32] {
    path.withBytes { path in
      SmallStack.withTwo { plain, loops in
        var walk = PatternWalk(Entered.self, plain: plain, loops: loops)
        walk.begin(path, in: matcher)
        walk.go(path, in: matcher)
        return walk.sink.nodes
      }
    }
  }

  private static func tries(_ globs: GlobTable) -> [Int] {
    // What an affix begins or ends with stands before it.
    var chains: [Int] = []
    for place in 0..<globs.affixes.count {
      let affix = globs.affixes[place]
      chains.append(affix.edges.range.count + (affix.parent < 0 ? 0 : chains[Int(affix.parent)]))
    }
    return (0..<globs.groups.count).map { place in
      let group = globs.groups[place]
      let longest = [group.prefixes, group.suffixes].map { chains[$0.range].max() ?? 0 }
      return group.others.range.count + longest[0] + longest[1]
    }
  }
}
