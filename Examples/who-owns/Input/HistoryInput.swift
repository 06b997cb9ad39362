import KoalrCore
import KoalrGitHistory
import Synchronization

/// Reads what commits of a clone say about the work of a window.
struct HistoryInput {
  var clone: LocalGitRepository
  var window: ContributionWindow

  /// - Parameter findsChanges: Whether merges are wanted as changes, too.
  /// - Throws: `IntegrationError`.
  func read(findsChanges: Bool) async throws -> (contributions: Contributions, changes: [Change]) {
    let state = Mutex((recorder: ContributionRecorder(window: window), changes: [Change]()))
    if let repository = try await clone.repositories(after: nil).elements.first?.repository {
      let request = HistoryRequest(repository: repository, since: window.start, derivesChanges: findsChanges)
      let summary = try await clone.readHistory(request) { batch in
        state.withLock { state in
          for commit in batch.commits { state.recorder.add(commit) }
          state.changes += batch.changes
        }
      }
      for gap in summary.gaps { Messages.print("who-owns: \(gap.what): \(gap.why)") }
    }
    return state.withLock { ($0.recorder.contributions(), $0.changes) }
  }
}
