import KoalrCore
import KoalrGitHistory
import KoalrGitHub

/// Chooses between clones and GitHub's API.
struct HistoryChoice {
  var way: HistoryWay
  var observer: any SyncObserver

  private static let price =
    "A plan does not price that: it takes what the hourly budget leaves, and what it does not reach is named as missing."

  /// Returns the source to read histories from, and says so where it is not the usual one.
  ///
  /// - Throws: `CommandError` when git is asked for and cannot be used.
  func source(clones: ClonedGitHistory, gitHub: GitHubCodeHost) async throws -> any HistorySource {
    guard way != .api else {
      observer.observe(.note("Histories are read over GitHub's API. \(Self.price)"))
      return GitHubHistory(gitHub)
    }
    do {
      try await clones.checkProgram()
      return clones
    } catch let error as IntegrationError {
      guard way == .auto else {
        throw CommandError("--history git cannot be used: \(error.reason) Or choose --history api.")
      }
      observer.observe(
        .note(
          """
          Histories are read over GitHub's API, because git cannot be used: \(error.reason) \
          \(Self.price)
          """))
      return GitHubHistory(gitHub)
    }
  }
}
