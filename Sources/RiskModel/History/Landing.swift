public import KoalrDomain

/// One step of the default branch: a commit on its first-parent line with the commits that came in by it.
///
/// A merged branch's commits carry times from before the merge, so feeding commits by time would count a change's own commits as
/// experience with the files it touches. Fed landing by landing, they are counted exactly when they reached the branch:
///
/// ```swift
/// for landing in Landing.sequence(of: commits, head: repository.headSHA) {
///   for change in landing.commits.compactMap({ changeByMerge[$0.sha] }) {
///     evidence[change.id] = index.evidence(for: change, at: landing.time)
///   }
///   landing.commits.forEach { index.add($0) }
/// }
/// ```
///
/// Look a change up by every commit of a landing: two merges of one person in the same moment are taken for one rebase.
public struct Landing: Hashable, Sendable {
  /// The commit on the first-parent line: a merge, a squash, or a commit of its own.
  public var sha: CommitID
  /// When it landed.
  public var time: Date
  /// What came in, the commit itself last.
  public var commits: [Commit]

  /// Makes a landing.
  public init(sha: CommitID, time: Date, commits: [Commit]) {
    self.sha = sha
    self.time = time
    self.commits = commits
  }

  /// How far apart the commits of one rebased pull request can be; the host writes them in one go.
  public static let rebaseSeconds: Double = 2

  /// Returns the landings of a branch, oldest first; each commit is in exactly one of them.
  ///
  /// A pull request merged by rebase leaves several commits on the line. Those right before each other with the same author and
  /// committed within ``rebaseSeconds`` of the next are one landing, named by the last of them, which the host calls the merge
  /// commit. Commits that the line does not reach (a shallow window cuts it) come as landings of their own, by time. Costs
  /// a sort.
  ///
  /// - Parameters:
  ///   - commits: The commits of the branch, merged branches included, in any order.
  ///   - head: The newest commit of the branch; when it is `nil` or not among the commits, the newest one nobody descends from.
  public static func sequence(of commits: [Commit], head: CommitID?) -> [Landing] {
    LandingOrder(commits: commits, head: head).landings()
  }
}

/// The walk behind ``Landing/sequence(of:head:)``.
private struct LandingOrder {
  private let commits: [Commit]
  private let parents: [[Int]]
  private let line: [Int]
  private var taken: [Bool]

  init(commits all: [Commit], head: CommitID?) {
    var position: [CommitID: Int] = [:]
    var unique: [Commit] = []
    for commit in all where position.updateValue(unique.count, forKey: commit.sha) == nil { unique.append(commit) }
    if unique.count != all.count {
      position = Dictionary(unique.enumerated().map { ($1.sha, $0) }, uniquingKeysWith: { first, _ in first })
    }
    commits = unique
    let parents = unique.map { commit in commit.parents.map { position[$0] ?? -1 } }
    self.parents = parents
    taken = Array(repeating: false, count: unique.count)
    let tip = head.flatMap { position[$0] } ?? Self.newestTip(unique, parents)
    line = tip.map { Self.firstParentLine(from: $0, parents) } ?? []
    // Damaged data may hold circles; what is on the line never comes in by a merge.
    for index in line { taken[index] = true }
  }

  func landings() -> [Landing] {
    var order = self
    var landings: [Landing] = []
    for (index, group) in order.landed() {
      let last = commits[index]
      let earlier = group.map { commits[$0] }.sorted { ($0.committedAt, $0.sha) < ($1.committedAt, $1.sha) }
      landings.append(Landing(sha: last.sha, time: last.committedAt, commits: earlier + [last]))
    }
    return order.strays().isEmpty ? landings : Self.merge(landings, order.strays().map { single($0) })
  }

  private func single(_ index: Int) -> Landing {
    Landing(sha: commits[index].sha, time: commits[index].committedAt, commits: [commits[index]])
  }

  /// Each landing's last commit with those that came in by it.
  private mutating func landed() -> [(Int, [Int])] {
    var result: [(Int, [Int])] = []
    for (place, index) in line.enumerated() {
      let group = takeBranches(of: index)
      if place > 0, group.isEmpty, let previous = result.last, isOneRebase(previous.0, index) {
        result[result.count - 1] = (index, previous.1 + [previous.0])
      } else {
        result.append((index, group))
      }
    }
    return result
  }

  private mutating func takeBranches(of index: Int) -> [Int] {
    var found: [Int] = []
    var open = Array(parents[index].dropFirst())
    while let next = open.popLast() {
      guard next >= 0, !taken[next] else { continue }
      taken[next] = true
      found.append(next)
      open += parents[next]
    }
    return found
  }

  private func isOneRebase(_ earlier: Int, _ later: Int) -> Bool {
    let (first, second) = (commits[earlier], commits[later])
    return !first.isMerge && !second.isMerge && first.author == second.author && first.authorEmail == second.authorEmail
      && abs(second.committedAt.timeIntervalSince(first.committedAt)) <= Landing.rebaseSeconds
  }

  private func strays() -> [Int] {
    commits.indices.filter { !taken[$0] }.sorted {
      (commits[$0].committedAt, commits[$0].sha) < (commits[$1].committedAt, commits[$1].sha)
    }
  }

  private static func firstParentLine(from tip: Int, _ parents: [[Int]]) -> [Int] {
    var line: [Int] = []
    var seen = Array(repeating: false, count: parents.count)
    var next = tip
    while next >= 0, !seen[next] {
      seen[next] = true
      line.append(next)
      next = parents[next].first ?? -1
    }
    return line.reversed()
  }

  private static func newestTip(_ commits: [Commit], _ parents: [[Int]]) -> Int? {
    var hasChild = Array(repeating: false, count: commits.count)
    for index in parents.joined() where index >= 0 { hasChild[index] = true }
    let tips = commits.indices.filter { !hasChild[$0] }
    return tips.max { (commits[$0].committedAt, commits[$0].sha) < (commits[$1].committedAt, commits[$1].sha) }
  }

  /// Puts strays before the first landing that is not older; the line keeps its own order.
  private static func merge(_ landings: [Landing], _ strays: [Landing]) -> [Landing] {
    var result: [Landing] = []
    var rest = strays[...]
    for landing in landings {
      while let stray = rest.first, stray.time <= landing.time {
        result.append(stray)
        rest = rest.dropFirst()
      }
      result.append(landing)
    }
    return result + rest
  }
}
