import KoalrDomain
import Synchronization

/// The repositories that have their final score, with how much was stored of each by then.
final class ScoredRepositories: Sendable {
  private let counts = Mutex<[RepositoryID: StoredCounts]>([:])

  var stored: [RepositoryID: StoredCounts] { counts.withLock { $0 } }

  /// Returns how many they are now.
  func add(_ repository: RepositoryID, _ stored: StoredCounts) -> Int {
    counts.withLock { counts in
      counts[repository] = stored
      return counts.count
    }
  }
}
