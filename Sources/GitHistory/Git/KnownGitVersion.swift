import Synchronization

/// The version of git, asked for once.
final class KnownGitVersion: Sendable {
  private let known = Mutex<GitVersion?>(nil)

  /// - Throws: as ``GitProgram/version()``; then it is asked for again the next time.
  func version(of git: GitProgram) async throws -> GitVersion {
    if let version = known.withLock({ $0 }) { return version }
    let version = try await git.version()
    known.withLock { $0 = version }
    return version
  }
}
