public import KoalrDomain

/// A source that knows which files a repository has.
///
/// Commits of a window tell only of the files that they touched, so that files which nobody changes are not seen without it.
///
/// *Using one:* ask about a repository as a sync left it; each question is a request, or a `git` program. *Writing one:* list the
/// files of `Repository.headSHA`, or of the newest commit where that is all there is, submodules included and folders not.
/// Answer `nil` rather than with a part. `FileListSourceContract` checks that.
public protocol FileListSource: Sendable {
  /// Returns the paths of all files, in any order; `nil` when the source cannot list all of them.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func paths(of repository: Repository) async throws -> [String]?
}
