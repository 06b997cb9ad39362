public import KoalrDomain

/// A code host that lists repositories sooner when it need not say at once when something in each was touched last.
///
/// A first run has nothing that these times could be compared with, and its first scores wait for the list.
///
/// *Using one:* page through ``repositoriesInBrief(after:)``, and later give the repositories to ``adding(timesTo:since:)``.
/// *Writing one:* leave out what makes ``CodeHost/repositories(after:)`` slow, but for CODEOWNERS; both ways together end with the
/// same repositories. `CodeHostContract` checks that.
public protocol QuickDiscovery: CodeHost {
  /// Returns one page like ``CodeHost/repositories(after:)``; the times of the newest change, deployment and ticket may be unknown.
  ///
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func repositoriesInBrief(after cursor: Cursor?) async throws -> Page<DiscoveredRepository>

  /// Returns repositories with the times that the brief list left out: as many of them as fit into one call to the service, from
  /// the front, at least one. A time that the service will not tell stays unknown.
  ///
  /// - Parameters:
  ///   - repositories: Those whose times are unknown.
  ///   - since: The beginning of the window that is read next; a source may find out on the way what helps to read it.
  /// - Throws: ``IntegrationError``, `CancellationError`.
  func adding(timesTo repositories: [Repository], since: Date) async throws -> [Repository]
}
