import KoalrDomain
public import KoalrIntegrationProtocols

/// The history of repositories over GitHub's API, for machines without `git`: complete commits, and files as far as the leftover of
/// the hourly budget goes.
///
/// Commits cost a point for every 100. Files cost a request for every change and for every commit that no change covers (a direct
/// commit, one of several in a merged branch), newest first; what the allowance does not reach is a stated gap. `ClonedGitHistory`
/// of `KoalrGitHistory` gives the same and costs none of the budget: prefer it where `git` is installed.
///
/// ```swift
/// let sources = SyncSources(codeHost: gitHub, history: GitHubHistory(gitHub))
/// ```
///
/// Changes come from the code host; `HistoryRequest.derivesChanges` is not heeded.
public struct GitHubHistory: Sendable {
  /// The most commits or changes in one batch: what was read at so great a cost is handed over soon.
  static let maximumBatch = 100
  /// The most files in one batch, unless a single change has more.
  static let maximumFilesInBatch = 50_000

  let host: GitHubCodeHost
  let allowance: HistoryAllowance
  private let pageSize = WorkLimit(maximum: HistoryQuery.maximumPageSize)

  /// Makes a source over the code host's connection.
  public init(_ host: GitHubCodeHost, allowance: HistoryAllowance = HistoryAllowance()) {
    self.host = host
    self.allowance = allowance
  }
}

// swift-format-ignore: AllPublicDeclarationsHaveDocumentation
extension GitHubHistory: HistorySource {
  public func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    let list = try await CommitList(request, graphQL: host.graphQL, limit: pageSize)
    var reading = FileReading(request.repository, rest: host.rest, clock: host.clock, allowance: allowance)
    var summary = HistorySummary(headSHA: list.head, gaps: list.gaps)
    let files = try await readChanges(request, with: &reading, into: &summary, receive)
    let covered = CoveredCommits(list.commits, head: list.head, changes: request.changes, files: files)
    summary.gaps += try await readCommits(list.commits, covered, request, with: &reading, receive)
    return summary
  }

  /// Hands over the files of changes, newest first.
  ///
  /// - Returns: those of merged changes, which their merges have too.
  private func readChanges(
    _ request: HistoryRequest, with reading: inout FileReading, into summary: inout HistorySummary,
    _ receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> [ChangeID: [ChangedFile]] {
    var merged: [ChangeID: [ChangedFile]] = [:]
    var batch = HistoryBatch()
    var count = 0
    for change in request.changes.sorted(by: { ($0.number ?? 0, $0.id) > ($1.number ?? 0, $1.id) }) {
      guard let number = change.number else {
        summary.unreadChanges[change.id] = "It has no number to ask for."
        continue
      }
      switch try await reading.files(ofChange: number) {
      case .unread(let why): summary.unreadChanges[change.id] = why
      case .files(let files):
        batch.changeFiles[change.id] = files
        if change.mergeSHA != nil { merged[change.id] = files }
        count += files.count
      }
      guard batch.changeFiles.count >= min(request.batchSize, Self.maximumBatch) || count >= Self.maximumFilesInBatch else {
        continue
      }
      try await receive(batch)
      (batch, count) = (HistoryBatch(), 0)
    }
    if !batch.changeFiles.isEmpty { try await receive(batch) }
    return merged
  }

  /// Hands over commits, with files where they can be had.
  private func readCommits(
    _ commits: [Commit], _ covered: CoveredCommits, _ request: HistoryRequest, with reading: inout FileReading,
    _ receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> [SourceGap] {
    var unread: [String: Int] = [:]
    var batch = HistoryBatch()
    for var commit in commits {
      if let files = covered[commit.sha] {
        commit.files = files
      } else if try await !request.hasFiles(commit.sha) {
        switch try await reading.files(of: commit.sha) {
        case .files(let files): commit.files = files
        case .unread(let why): unread[why, default: 0] += 1
        }
      }
      batch.commits.append(commit)
      guard batch.commits.count >= min(request.batchSize, Self.maximumBatch) else { continue }
      try await receive(batch)
      batch = HistoryBatch()
    }
    if !batch.commits.isEmpty { try await receive(batch) }
    return unread.sorted { $0.key < $1.key }.map { why, count in
      SourceGap("files of \(count) commits", of: request.repository, why: why)
    }
  }
}
