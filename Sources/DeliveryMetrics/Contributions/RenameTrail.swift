/// Gives every changed file the name that it has at the end.
///
/// Commits are walked from the newest to the oldest, with the last name of each path at hand: below a rename, the old path has the
/// last name of the new one. This costs the number of changed files, however often a file was renamed.
struct RenameTrail {
  /// The last names, in the order of their bytes.
  let paths: [String]
  /// For each commit its files, as places in `paths`, each once.
  let touches: [PathID]
  /// For each commit of the order its part of `touches`.
  let ranges: [Range<Int>]

  init(_ recorder: ContributionRecorder, order: [Int]) {
    var last = recorder.paths.indices.map { PathID($0) }
    var isUsed = Array(repeating: false, count: last.count)
    var named: [PathID] = []
    var ranges: [Range<Int>] = []
    for place in order.reversed() {
      let commit = recorder.commits[place]
      let start = named.count
      for touch in recorder.touches[commit.touches] {
        isUsed[Int(last[Int(touch)])] = true
        named.append(last[Int(touch)])
      }
      ranges.append(start..<named.count)
      let renames = recorder.renames[commit.renames].map { ($0.from, last[Int($0.to)]) }
      for (from, name) in renames { last[Int(from)] = name }
    }
    let used = last.indices.filter { isUsed[$0] }.sortedByBytes { recorder.paths[$0] }
    var newID = last
    for (id, old) in used.enumerated() { newID[old] = PathID(id) }
    paths = used.map { recorder.paths[$0] }
    (touches, self.ranges) = Self.distinct(named.map { newID[Int($0)] }, ranges.reversed(), paths: used.count)
  }

  /// Two former names of one file may be in one commit.
  private static func distinct(_ all: [PathID], _ ranges: [Range<Int>], paths: Int) -> ([PathID], [Range<Int>]) {
    var seenIn = Array(repeating: -1, count: paths)
    var touches: [PathID] = []
    var kept: [Range<Int>] = []
    for (commit, range) in ranges.enumerated() {
      let start = touches.count
      for path in all[range] where seenIn[Int(path)] != commit {
        seenIn[Int(path)] = commit
        touches.append(path)
      }
      kept.append(start..<touches.count)
    }
    return (touches, kept)
  }
}
