import KoalrDomain
import KoalrIntegrationProtocols

/// A change with the commit it is compared with.
struct ChangeComparison: Sendable {
  var range: ChangeRange
  var mergeBase: CommitID

  /// The line for ``HistoryReader/read(_:detail:)``.
  var comparison: String { "\(range.headSHA) \(mergeBase)" }
}

/// What changes are compared with.
struct ChangeComparisons: Sendable {
  private(set) var readable: [ChangeComparison] = []
  /// The changes without a common ancestor, and why.
  private(set) var unread: [ChangeID: String] = [:]

  /// Finds each change's merge base in a graph that holds both ends, but for those that are missing.
  init(_ ranges: [ChangeRange], in graph: CommitGraph, missing: Set<CommitID>) {
    var graph = graph
    for range in ranges {
      switch graph.mergeBase(range.baseSHA, range.headSHA) {
      case .found(let base), .uncertain(.some(let base)): readable.append(ChangeComparison(range: range, mergeBase: base))
      case .uncertain(nil): unread[range.id] = Self.reason(range, missing: missing)
      }
    }
  }

  /// Why a change has no common ancestor.
  private static func reason(_ range: ChangeRange, missing: Set<CommitID>) -> String {
    if missing.contains(range.headSHA) {
      return "Its newest commit \(range.headSHA.short) cannot be had: it was force-pushed away, or its fork was deleted."
    }
    if missing.contains(range.baseSHA) {
      return "The commit \(range.baseSHA.short) that it was compared with cannot be had: the target branch was force-pushed."
    }
    return "Its branch has no commit in common with the target branch."
  }
}
