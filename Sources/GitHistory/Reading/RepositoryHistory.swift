import KoalrDomain
import KoalrIntegrationProtocols

/// Reads one repository's window and hands it over in batches: what a clone in a cache and a clone of the user have in common.
struct RepositoryHistory: Sendable {
  /// The most files in one batch, unless a single commit has more.
  static let maximumFilesInBatch = 50_000

  var reader: HistoryReader
  var request: HistoryRequest
  /// The newest commit.
  var tip: CommitID
  /// How much can be read.
  var detail: HistoryFormat.Detail
  /// The commits whose parents are missing.
  var boundary: Set<CommitID>

  /// Reads commits, and changes when the request wants them found.
  ///
  /// - Returns: what is missing.
  func readCommits(_ window: [CommitID], receive: @Sendable (HistoryBatch) async throws -> Void) async throws -> [SourceGap] {
    var finder = try await request.derivesChanges ? ChangeFinder.prepare(self) : nil
    let pieces = Self.pieces(window, batchSize: request.batchSize)
    var gaps: [SourceGap] = []
    var unread = 0
    var uncounted = 0
    try await OrderedLanes.run(pieces, width: Self.lanes) {
      try await read($0)
    } deliver: { records in
      var batch = HistoryBatch()
      var files = 0
      for record in records where record.committedAt >= request.since {
        if record.hasTooManyFiles || boundary.contains(record.sha) { unread += 1 }
        if detail == .full && record.lacksLineCounts { uncounted += 1 }
        batch.commits.append(commit(record))
        if let change = finder?.change(record, in: self) { batch.changes.append(change) }
        files += record.files.count
        guard files >= Self.maximumFilesInBatch else { continue }
        try await receive(batch)
        (batch, files) = (HistoryBatch(), 0)
      }
      if !batch.commits.isEmpty { try await receive(batch) }
    }
    if unread > 0 {
      gaps.append(
        SourceGap(
          "files of \(unread) commits", of: request.repository,
          why: boundary.isEmpty
            ? "They change more than \(HistoryRecord.maximumFiles) files."
            : "The clone is shallow and lacks the commits before them."))
    }
    if uncounted > 0 {
      gaps.append(
        SourceGap(
          "line counts of \(uncounted) commits", of: request.repository,
          why: "Contents they changed are missing from the clone. Run git fsck, then git fetch --refetch."))
    }
    return gaps
  }

  /// Reads a piece; the oldest commits of a shallow clone without files, for they look as if they had added every one.
  private func read(_ piece: [CommitID]) async throws -> [HistoryRecord] {
    let whole = piece.filter { !boundary.contains($0) }
    let records = try await reader.read(whole.map(\.rawValue), detail: detail)
    guard whole.count < piece.count else { return records }
    let cut = try await reader.readBoundary(piece.filter(boundary.contains))
    var bySHA: [CommitID: HistoryRecord] = [:]
    for record in records + cut { bySHA[record.sha] = record }
    return piece.compactMap { bySHA[$0] }
  }

  private func commit(_ record: HistoryRecord) -> Commit {
    Commit(
      sha: record.sha, repositoryID: request.repository.id, author: NoReplyAddress.login(record.authorEmail),
      authorName: record.authorName, authorEmail: record.authorEmail, committedAt: record.committedAt, parents: record.parents,
      subject: record.message.subject, reverts: record.message.reverts, files: files(record))
  }

  /// The files of a record, as far as they are known.
  func files(_ record: HistoryRecord) -> [ChangedFile]? {
    detail == .none || boundary.contains(record.sha) ? nil : record.readFiles
  }

  static let lanes = max(1, min(HistoryReader.maximumLanes, ProcessInfo.processInfo.activeProcessorCount))

  private static func pieces(_ window: [CommitID], batchSize: Int) -> [[CommitID]] {
    let share = (window.count + 2 * lanes - 1) / (2 * lanes)
    let size = max(1, min(batchSize, HistoryReader.maximumChunk, max(HistoryReader.minimumChunk, share)))
    return stride(from: 0, to: window.count, by: size).map { Array(window[$0..<min($0 + size, window.count)]) }
  }
}
