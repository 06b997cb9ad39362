import KoalrDomain
import KoalrIntegrationProtocols

extension LocalClone {
  func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    guard let tip = try await reader.commit("HEAD") else {
      return HistorySummary(headSHA: nil, unreadChanges: ChangeRange.unread(request.changes, "The clone has no commits."))
    }
    let boundary = isShallow ? try await reader.boundary() : []
    let window = try await reader.window(from: tip, since: request.since)
    let detail = try await self.detail(window.filter { !boundary.contains($0) })
    let history = RepositoryHistory(reader: reader, request: request, tip: tip, detail: detail, boundary: boundary)
    var summary = HistorySummary(headSHA: tip)
    summary.gaps = try await history.readCommits(window, receive: receive) + gaps(detail, of: request.repository)
    if let oldest = boundary.first, isShallow, try await reader.cuts(window, boundary: boundary, since: request.since) {
      summary.gaps.append(
        SourceGap(
          "commits before \(oldest.short)", of: request.repository,
          why: "The clone is shallow and does not reach back to the beginning of the window. Run git fetch --unshallow."))
    }
    summary.unreadChanges = try await history.readChanges(request.changes, receive: receive)
    return summary
  }

  /// How much can be read without fetching anything.
  private func detail(_ commits: [CommitID]) async throws -> HistoryFormat.Detail {
    guard isPartial else { return .full }
    do {
      for start in stride(from: 0, to: commits.count, by: Self.probeSize) {
        let piece = commits[start..<min(start + Self.probeSize, commits.count)]
        let blobs = try await reader.blobs(of: piece.map(\.rawValue))
        if try await !reader.hasAll(blobs) { return .paths }
      }
      return .full
    } catch is GitFailure {
      // A clone without trees cannot even list paths.
      return .none
    }
  }

  private func gaps(_ detail: HistoryFormat.Detail, of repository: Repository) -> [SourceGap] {
    let cure = "The clone is partial. Run git fetch --refetch --no-filter to have everything."
    return switch detail {
    case .full: []
    case .paths: [SourceGap("renames and line counts", of: repository, why: cure)]
    case .none: [SourceGap("files of commits", of: repository, why: cure)]
    }
  }
}
