import KoalrCore
import KoalrGitHistory
import Synchronization

/// What commits say about the work of a window.
struct History {
  var contributions: Contributions
  /// The merged changes.
  var changes: [Change] = []
  /// The accounts of addresses, in lower case, that go by the name of one.
  var inferred: [String: Login] = [:]

  /// A history without commits.
  init(none window: ContributionWindow) { contributions = ContributionRecorder(window: window).contributions() }

  /// - Parameter logins: Accounts that addresses are compared with.
  init(_ recorder: ContributionRecorder, changes: [Change], logins: Set<Login>) {
    contributions = recorder.contributions()
    self.changes = changes
    inferred = contributions.accounts(namedLike: logins)
    if !inferred.isEmpty { contributions = recorder.contributions(directory: OwnerDirectory(addresses: inferred)) }
  }
}

/// Reads what commits of a clone say about the work of a window.
struct HistoryInput {
  var clone: LocalGitRepository
  var window: ContributionWindow

  /// - Parameters:
  ///   - findsChanges: Whether merges are wanted as changes, too.
  ///   - logins: Accounts that addresses are compared with.
  /// - Throws: `IntegrationError`.
  func read(findsChanges: Bool, logins: Set<Login>) async throws -> History {
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
    return state.withLock { History($0.recorder, changes: $0.changes, logins: logins) }
  }
}
