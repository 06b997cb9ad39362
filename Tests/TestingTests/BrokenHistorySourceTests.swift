import KoalrCore
import KoalrTesting
import Testing

struct BrokenHistorySourceTests {
  @Test(arguments: HistorySourceContract.Promise.allCases)
  func `the contract catches a source that breaks`(_ promise: HistorySourceContract.Promise) async throws {
    let found = try #require(SampleOrganisation.world["auth-service"])
    let ranges = found.changes.compactMap { change -> ChangeRange? in
      guard let base = change.baseSHA, let head = change.headSHA else { return nil }
      return ChangeRange(id: change.id, number: change.number, baseSHA: base, headSHA: head)
    }
    let request = HistoryRequest(repository: found.repository, since: brokenSince, changes: ranges, batchSize: 7)
    await expectBroken(promise) {
      try await HistorySourceContract(request) { BreakingHistory(promise: promise) }.check(promise)
    }
  }
}

private struct BreakingHistory: HistorySource {
  var promise: HistorySourceContract.Promise

  func readHistory(
    _ request: HistoryRequest, receive: @Sendable (HistoryBatch) async throws -> Void
  ) async throws -> HistorySummary {
    if promise == .cancels { return HistorySummary(headSHA: nil) }
    var twisted = request
    switch promise {
    case .smallBatches: twisted.batchSize = 1000
    case .keepsToTheWindow: twisted.since = .distantPast
    case .accountsForChanges: twisted.changes.removeLast()
    default: break
    }
    var summary = try await soundAdapters.history.readHistory(twisted) { batch in
      if promise == .passesErrorsOn {
        do { try await receive(twist(batch)) } catch {}
      } else {
        try await receive(twist(batch))
      }
    }
    if promise == .knowsTheHead { summary.headSHA = nil }
    return summary
  }

  private func twist(_ batch: HistoryBatch) -> HistoryBatch {
    var batch = batch
    switch promise {
    case .newestFirst: batch.commits.reverse()
    case .uniqueCommits: batch.commits += batch.commits.prefix(1)
    case .belongs:
      for index in batch.commits.indices { batch.commits[index].repositoryID = RepositoryID(unchecked: "R_other") }
    default: break
    }
    return batch
  }
}
