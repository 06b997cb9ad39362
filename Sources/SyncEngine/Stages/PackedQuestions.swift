import KoalrDomain
import KoalrIntegrationProtocols

/// Which repositories' pages a source is asked for next, and what is given up when it fails.
struct PackedQuestions {
  /// How many pages are asked for at once; the source answers as many as fit into one call.
  static let most = 100
  /// Failed calls in a row after which a source is taken to be out of service.
  static let failuresInARow = 4

  private var waiting: ArraySlice<RepositoryPageRequest>
  private var again: [RepositoryPageRequest] = []
  private var failures = 0

  init(_ requests: [RepositoryPageRequest]) { waiting = requests[...] }

  /// Returns what to ask for now, nothing at the end. After a failure each goes alone: then it may succeed.
  mutating func next() -> [RepositoryPageRequest] {
    // The last first pages go together with further ones, so that no call is half empty.
    if waiting.count < Self.most, !again.isEmpty { (waiting, again) = (waiting + again, []) }
    return Array(waiting.prefix(failures == 0 ? Self.most : 1))
  }

  /// Notes that the repositories were answered; the others of the question wait on.
  mutating func answered(_ repositories: Set<RepositoryID>, of asked: [RepositoryPageRequest]) {
    failures = 0
    waiting = asked.filter { !repositories.contains($0.repository.id) } + waiting.dropFirst(asked.count)
  }

  /// Notes a further page, to be asked for before other repositories are begun: what is complete early can be gone on with, while
  /// others are read. After a failure it waits for all the others, so that one that fails holds nobody up.
  mutating func append(_ request: RepositoryPageRequest) {
    if failures == 0 { waiting = [request] + waiting } else { again.append(request) }
  }

  /// Notes that a call failed, and returns what is given up: what failed alone, and everything in an outage.
  mutating func failed(_ asked: [RepositoryPageRequest]) -> [RepositoryPageRequest] {
    failures += 1
    guard failures <= Self.failuresInARow else {
      defer { (waiting, again) = ([], []) }
      return Array(waiting) + again
    }
    guard asked.count == 1 else { return [] }
    waiting = waiting.dropFirst()
    return asked
  }
}
