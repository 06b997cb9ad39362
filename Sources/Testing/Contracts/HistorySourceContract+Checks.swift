import KoalrCore
import Synchronization

extension HistorySourceContract {
  func checkSmallBatches() async throws {
    for batch in try await read().batches {
      let largest = max(batch.commits.count, batch.changeFiles.count, batch.changes.count)
      try require(largest <= request.batchSize, .smallBatches, "\(largest) came where \(request.batchSize) were asked for.")
    }
  }

  func checkNewestFirst() async throws {
    let times = try await commits().map { (id: $0.sha.rawValue, time: $0.committedAt) }
    try ContractCheck.newestFirst(Promise.newestFirst.rawValue, times)
  }

  func checkWindow() async throws {
    for commit in try await commits() {
      try require(
        commit.committedAt >= request.since, .keepsToTheWindow,
        "\(commit.sha) is of \(ISO8601Time.format(commit.committedAt)).")
    }
  }

  func checkBelongs() async throws {
    for commit in try await commits() {
      try require(
        commit.repositoryID == request.repository.id, .belongs, "\(commit.sha) says that it is of \(commit.repositoryID).")
    }
  }

  func checkAccountsForChanges() async throws {
    let (batches, summary) = try await read()
    let asked = Set(request.changes.map(\.id))
    let answered = batches.flatMap(\.changeFiles.keys) + summary.unreadChanges.keys
    try ContractCheck.unique(Promise.accountsForChanges.rawValue, answered.map(\.rawValue))
    let lost = asked.subtracting(answered).sorted()
    try require(lost.isEmpty, .accountsForChanges, "Nothing was said about \(lost).")
    let unasked = Set(answered).subtracting(asked).sorted()
    try require(unasked.isEmpty, .accountsForChanges, "Nobody asked about \(unasked).")
  }

  func checkHead() async throws {
    let (batches, summary) = try await read()
    guard let newest = batches.lazy.flatMap(\.commits).first else { return }
    // Commits of one second have no order of their own.
    let heads = batches.flatMap(\.commits).filter { $0.committedAt == newest.committedAt }.map(\.sha)
    try require(
      summary.headSHA.map(heads.contains) ?? false, .knowsTheHead,
      "The head is \(summary.headSHA?.rawValue ?? "unknown"), the newest commit \(newest.sha).")
  }

  func checkPassesErrorsOn() async throws {
    let calls = Mutex(0)
    do {
      _ = try await make().readHistory(request) { _ in
        calls.withLock { $0 += 1 }
        throw ReceiverFailed()
      }
      let count = calls.withLock { $0 }
      try require(count == 0, .passesErrorsOn, "The reading ended as if nothing had happened.")
    } catch is ReceiverFailed {
      let count = calls.withLock { $0 }
      try require(count == 1, .passesErrorsOn, "The receiver was called \(count) times.")
    }
  }

  func checkCancels() async throws {
    let source = try await make()
    let request = request
    try await ContractCheck.cancelled(Promise.cancels.rawValue) { _ = try await source.readHistory(request) { _ in } }
  }

  private func require(_ isKept: Bool, _ promise: Promise, _ detail: @autoclosure () -> String) throws {
    try ContractCheck.require(isKept, promise.rawValue, detail())
  }

  private struct ReceiverFailed: Error {}
}
