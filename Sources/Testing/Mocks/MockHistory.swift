public import KoalrCore

/// A history source that shows the commits of a mock world, without the accounts of their authors, which git does not know.
public final class MockHistory: Sendable {
  /// The world, the failures and the calls.
  public let remote: MockRemote

  /// Makes a history source over a remote side that other adapters may share.
  public init(_ remote: MockRemote) { self.remote = remote }

  /// Makes a history source over a world of its own.
  public convenience init(_ world: MockWorld) { self.init(MockRemote(world)) }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension MockHistory: HistorySource {
  public func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    let call = MockCall(.history, repositories: [request.repository.id])
    guard let found = try await remote.enter(call).world[request.repository.id] else {
      throw MockRemote.unknown(request.repository, .history)
    }
    try await sendCommits(of: found, request, receive)
    var summary = HistorySummary(headSHA: found.repository.headSHA)
    for part in request.changes.chunks(of: request.batchSize) {
      var batch = HistoryBatch()
      for range in part {
        if let files = found.files(of: range) {
          batch.changeFiles[range.id] = files
        } else {
          summary.unreadChanges[range.id] = "its commits are not in the repository"
        }
      }
      if !batch.changeFiles.isEmpty { try await send(batch, request, receive) }
    }
    if request.derivesChanges { try await sendChanges(of: found, request, receive) }
    return summary
  }

  private func sendCommits(
    of found: MockRepository, _ request: HistoryRequest, _ receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws {
    let commits = found.commits.filter { $0.committedAt >= request.since }.map { commit in
      var commit = commit
      commit.author = nil
      return commit
    }
    // Stable: commits of one moment stay in the world's order, a child before its parent.
    let newestFirst = commits.enumerated().sorted {
      ($0.element.committedAt, $1.offset) > ($1.element.committedAt, $0.offset)
    }
    for part in newestFirst.map(\.element).chunks(of: request.batchSize) {
      try await send(HistoryBatch(commits: part), request, receive)
    }
  }

  private func sendChanges(
    of found: MockRepository, _ request: HistoryRequest, _ receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws {
    let merged = found.changes.filter { ($0.mergedAt ?? .distantPast) >= request.since }
    for part in merged.newestFirst(by: \.updatedAt, \.id.rawValue).chunks(of: request.batchSize) {
      try await send(HistoryBatch(changes: part), request, receive)
    }
  }

  private func send(
    _ batch: HistoryBatch, _ request: HistoryRequest, _ receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws {
    _ = try await remote.enter(MockCall(.historyBatch, repositories: [request.repository.id]))
    try await receive(batch)
  }
}

extension MockRepository {
  /// The files between the two ends of a change, or `nil` when they are not those of a known change.
  fileprivate func files(of range: ChangeRange) -> [ChangedFile]? {
    changes.first { $0.id == range.id && $0.headSHA == range.headSHA && $0.baseSHA == range.baseSHA }?.files
  }
}

extension Array {
  fileprivate func chunks(of size: Int) -> [[Element]] {
    let size = Swift.max(1, size)
    return stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min(count, $0 + size)]) }
  }
}
