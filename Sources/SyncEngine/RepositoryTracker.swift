import KoalrDomain
import Synchronization

/// Knows which parts of which repository are still under way, so that a repository is scored as soon as it has them all.
final class RepositoryTracker: Sendable {
  private let pending: Mutex<[RepositoryID: Set<SyncPart>]>

  init(_ repositories: [Repository], parts: Set<SyncPart>) {
    pending = Mutex(Dictionary(repositories.map { ($0.id, parts) }, uniquingKeysWith: { first, _ in first }))
  }

  /// Notes that a part has ended; returns whether it was the repository's last one.
  func finish(_ part: SyncPart, of repository: RepositoryID) -> Bool {
    pending.withLock { pending in
      guard pending[repository]?.remove(part) != nil else { return false }
      return pending[repository]?.isEmpty == true
    }
  }
}
