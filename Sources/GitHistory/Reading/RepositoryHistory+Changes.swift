import KoalrDomain
import KoalrIntegrationProtocols

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
    let ends = Set(ranges.flatMap { [$0.baseSHA, $0.headSHA] })
    let missing = try await reader.missing(ends)
    let graph = try await reader.graph(of: ends.subtracting(missing), boundary: boundary)
    return try await readChanges(ChangeComparisons(ranges, in: graph, missing: missing), receive: receive)
  }

  /// Hands over the files of changes whose comparisons are known.
  ///
  /// - Returns: the changes that could not be read, and why.
  func readChanges(
    _ found: ChangeComparisons, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> [ChangeID: String] {
    found.unread.merging(try await readFiles(found.readable, receive: receive)) { first, _ in first }
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
      ["rev-list", "--date-order", "--timestamp", "--parents", "--stdin"], in: place, input: Self.lines(tips.map(\.rawValue)),
      limit: Self.maximumCommits * 100)
    return CommitGraph(lines, boundary: boundary)
  }

  /// Whether a shallow history ends inside the window.
  func cuts(_ window: [CommitID], boundary: Set<CommitID>, since: Date) async throws -> Bool {
    window.contains(where: boundary.contains)
  }
}
