import KoalrDomain
import Synchronization

/// How many pull requests, deployments and issues discovery counted in each repository, so that a first page asks for no more
/// than there is: GitHub charges for what is asked for. A hint only: without it pages begin at a usual size.
final class RepositoryTotals: Sendable {
  struct Counts: Sendable {
    var pullRequests: Int?
    var openPullRequests: Int?
    var deployments: Int?
    var issues: Int?
    /// Pull requests of a window, where they were counted.
    var window: Window?
  }
  struct Window {
    var since: Date
    var pullRequests: Int?
  }
  private let counts = Mutex<[RepositoryID: Counts]>([:])
  /// An organisation larger than this pages from the usual size.
  private static let capacity = 200_000

  subscript(repository: RepositoryID) -> Counts {
    get { counts.withLock { $0[repository] } ?? Counts() }
    set {
      counts.withLock { counts in
        if counts.count < Self.capacity || counts[repository] != nil { counts[repository] = newValue }
      }
    }
  }
}
