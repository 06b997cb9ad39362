public import KoalrDomain

/// A code host that compares the packages of two commits.
///
/// *Using one:* ask about open changes that touch a file for which ``isManifest(_:)`` is true; each question is a request.
/// *Writing one:* throw `.forbidden` or `.notFound` where the repository has no such comparison: whoever asks states it once and
/// asks no more about that repository.
public protocol DependencySource: Sendable {
  /// Whether a file of this path, relative to the repository, can name packages.
  func isManifest(_ path: String) -> Bool

  /// Returns the packages that come or go between two commits of a repository.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func dependencyChanges(in repository: Repository, from base: CommitID, to head: CommitID) async throws -> [DependencyChange]
}
