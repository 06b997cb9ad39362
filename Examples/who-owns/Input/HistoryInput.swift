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
  /// The files that have names of any bytes, by what a history calls them: there, bytes that are not UTF-8 are U+FFFD.
  private let names: [String: String]

  /// - Parameter paths: All files, as ``AnyBytes`` has them.
  init(clone: LocalGitRepository, window: ContributionWindow, paths: [String]) {
    self.clone = clone
    self.window = window
    names = Dictionary(
      paths.map { (AnyBytes.shown($0), $0) }.filter { $0.0 != $0.1 }, uniquingKeysWith: { first, _ in first })
  }

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
          for commit in batch.commits { state.recorder.add(named(commit, \.files)) }
          state.changes += batch.changes.map { named($0, \.files) }
        }
      }
      for gap in summary.gaps { Messages.print("who-owns: \(gap.what): \(gap.why)") }
    }
    return state.withLock { History($0.recorder, changes: $0.changes, logins: logins) }
  }

  /// Gives files the names that the rules are asked about.
  private func named<Value>(_ value: Value, _ files: WritableKeyPath<Value, [ChangedFile]?>) -> Value {
    guard !names.isEmpty, let old = value[keyPath: files] else { return value }
    var value = value
    value[keyPath: files] = old.map { file in
      var file = file
      file.path = names[file.path] ?? file.path
      file.previousPath = file.previousPath.map { names[$0] ?? $0 }
      return file
    }
    return value
  }
}
