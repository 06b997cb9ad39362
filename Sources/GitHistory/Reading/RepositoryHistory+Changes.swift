import KoalrDomain
import KoalrIntegrationProtocols

/// A change with the commit it is compared with.
struct ChangeComparison: Sendable {
  var range: ChangeRange
  var mergeBase: CommitID

  /// The line for ``HistoryReader/read(_:detail:)``.
  var comparison: String { "\(range.headSHA) \(mergeBase)" }
}

extension RepositoryHistory {
  /// The most changes in one batch.
  static let maximumChangesInBatch = 100

  /// Compares the two ends of changes, as far as both are there, and hands over the files.
  ///
  /// - Returns: the changes that could not be read, and why.
  func readChanges(
    _ ranges: [ChangeRange], receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> [ChangeID: String] {
    guard !ranges.isEmpty else { return [:] }
    let found = try await comparisons(ranges)
    return found.unread.merging(try await readFiles(found.readable, receive: receive)) { first, _ in first }
  }

  /// Finds each change's merge base.
  func comparisons(_ ranges: [ChangeRange]) async throws -> (readable: [ChangeComparison], unread: [ChangeID: String]) {
    let ends = Set(ranges.flatMap { [$0.baseSHA, $0.headSHA] })
    let missing = try await reader.missing(ends)
    var graph = try await reader.graph(of: ends.subtracting(missing), boundary: boundary)
    var unread: [ChangeID: String] = [:]
    var readable: [ChangeComparison] = []
    for range in ranges {
      switch graph.mergeBase(range.baseSHA, range.headSHA) {
      case .found(let base), .uncertain(.some(let base)): readable.append(ChangeComparison(range: range, mergeBase: base))
      case .uncertain(nil): unread[range.id] = Self.reason(range, missing: missing)
      }
    }
    return (readable, unread)
  }

  /// Why a change has no common ancestor.
  static func reason(_ range: ChangeRange, missing: Set<CommitID>) -> String {
    if missing.contains(range.headSHA) {
      return "Its newest commit \(range.headSHA.short) cannot be had: it was force-pushed away, or its fork was deleted."
    }
    if missing.contains(range.baseSHA) {
      return "The commit \(range.baseSHA.short) that it was compared with cannot be had: the target branch was force-pushed."
    }
    return "Its branch has no commit in common with the target branch."
  }

  private func readFiles(
    _ changes: [ChangeComparison], receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> [ChangeID: String] {
    var unread: [ChangeID: String] = [:]
    let pieces = stride(from: 0, to: changes.count, by: Self.maximumChangesInBatch).map { start in
      Array(changes[start..<min(start + Self.maximumChangesInBatch, changes.count)])
    }
    try await OrderedLanes.run(pieces, width: Self.lanes) { piece in
      let records = try await reader.read(piece.map(\.comparison), detail: detail)
      return zip(piece, records).map { ($0.range.id, $1) }
    } deliver: { records in
      var batch = HistoryBatch()
      for (id, record) in records {
        if detail != .none, let files = record.readFiles {
          batch.changeFiles[id] = files
        } else {
          unread[id] =
            record.hasTooManyFiles ? "It has more than \(HistoryRecord.maximumFiles) files." : "The clone has no file lists."
        }
      }
      try await receive(batch)
    }
    return unread
  }
}

extension HistoryReader {
  /// Reads the part of the history that the given commits lead to.
  func graph(of tips: Set<CommitID>, boundary: Set<CommitID>) async throws -> CommitGraph {
    guard !tips.isEmpty else { return CommitGraph([], boundary: []) }
    let lines = try await git.answer(
      ["rev-list", "--date-order", "--parents", "--stdin"], in: place, input: Self.lines(tips.map(\.rawValue)),
      limit: Self.maximumCommits * 90)
    return CommitGraph(lines, boundary: boundary)
  }

  /// Whether a shallow history ends inside the window.
  func cuts(_ window: [CommitID], boundary: Set<CommitID>, since: Date) async throws -> Bool {
    window.contains(where: boundary.contains)
  }
}
