import KoalrDomain

/// Commits and their parents, parents after children, for finding windows and merge bases without a process for each.
struct CommitGraph {
  /// What two commits have in common.
  enum MergeBase: Hashable {
    /// The best common ancestor; the newest when there are several.
    case found(CommitID)
    /// None among the commits there are, or one that the missing part of a shallow history could beat.
    case uncertain(CommitID?)
  }

  private var names: [CommitID] = []
  private var indexes: [CommitID: Int32] = [:]
  private var parents: [[Int32]] = []
  /// Seconds since 1970.
  private var times: [Double] = []
  private var isBoundary: [Bool] = []
  private var marks: [UInt8] = []

  /// Reads the output of `git rev-list --date-order --timestamp --parents`.
  init(_ lines: [UInt8], boundary: Set<CommitID>) {
    let rows = lines.split(separator: 0x0A).map { line in
      let words = line.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
      return (time: words.first.flatMap(Double.init) ?? 0, commits: words.dropFirst().compactMap(CommitID.init(rawValue:)))
    }
    for row in rows {
      guard let name = row.commits.first, indexes[name] == nil else { continue }
      indexes[name] = Int32(names.count)
      names.append(name)
      times.append(row.time)
    }
    parents = Array(repeating: [], count: names.count)
    for row in rows {
      guard let name = row.commits.first, let index = indexes[name] else { continue }
      parents[Int(index)] = row.commits.dropFirst().compactMap { indexes[$0] }.filter { $0 > index }
    }
    isBoundary = names.map(boundary.contains)
    marks = Array(repeating: 0, count: names.count)
  }

  /// Returns the commits since then that a commit leads to, itself among them, children before parents.
  func window(from tip: CommitID, since: Date) -> [CommitID] {
    guard let first = indexes[tip] else { return [] }
    var reached = [Bool](repeating: false, count: names.count)
    reached[Int(first)] = true
    var window: [CommitID] = []
    for index in Int(first)..<names.count where reached[index] {
      for parent in parents[index] { reached[Int(parent)] = true }
      if times[index] >= since.timeIntervalSince1970 { window.append(names[index]) }
    }
    return window
  }

  /// Returns the merge base. Cost: the commits between the two and it.
  mutating func mergeBase(_ left: CommitID, _ right: CommitID) -> MergeBase {
    guard let first = indexes[left], let second = indexes[right] else { return .uncertain(nil) }
    var touched = [first, second]
    defer { for index in touched { marks[Int(index)] = 0 } }
    marks[Int(first)] |= 1
    marks[Int(second)] |= 2
    var isCertain = true
    // Children come before parents, so the first commit with both marks is no ancestor of another such one.
    for index in Int(min(first, second))..<names.count where marks[index] != 0 {
      if marks[index] == 3 { return isCertain ? .found(names[index]) : .uncertain(names[index]) }
      if isBoundary[index] { isCertain = false }
      for parent in parents[index] {
        if marks[Int(parent)] == 0 { touched.append(parent) }
        marks[Int(parent)] |= marks[index]
      }
    }
    return .uncertain(nil)
  }
}
