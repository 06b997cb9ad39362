import KoalrDomain
import KoalrIntegrationProtocols
import KoalrStorage

/// How much is expected of a repository and how much is stored.
struct Tally {
  enum Kind: String, CaseIterable {
    case changes
    case openChanges = "open changes"
    case commits, deployments, issues

    var part: SyncPart {
      switch self {
      case .changes, .openChanges: .changes
      case .commits: .history
      case .deployments: .deployments
      case .issues: .issues
      }
    }

    var whyUncounted: String { "the host does not count the \(rawValue) of a window" }
  }

  var expected: [Kind: Int] = [:]
  var stored: StoredCounts
  var truncated: Set<Kind> = []
  var uncounted: String?

  init(stored: StoredCounts) { self.stored = stored }

  func fallsShort(_ kind: Kind) -> Bool { expected[kind].map { stored[kind] < $0 } ?? false }
  func exceeds(_ kind: Kind) -> Bool { expected[kind].map { stored[kind] > $0 } ?? false }
  var agrees: Bool { Kind.allCases.allSatisfy { !fallsShort($0) && !exceeds($0) } }

  /// Takes the host's counts of what a run reads.
  mutating func take(_ counts: ContentCounts, from sources: SyncSources) {
    expected = [:]
    if sources.changes != nil { (expected[.changes], expected[.openChanges]) = (counts.changes, counts.openChanges) }
    if sources.history != nil { expected[.commits] = counts.commits }
    if sources.deployments != nil { expected[.deployments] = counts.deployments }
    if sources.issues != nil { expected[.issues] = counts.issues }
  }
}

/// How much is stored of a repository's window.
struct StoredCounts: Sendable, Equatable {
  private var counts: [Tally.Kind: Int] = [:]

  subscript(kind: Tally.Kind) -> Int { counts[kind] ?? 0 }

  /// Counts what was read.
  init(of records: RepositoryRecords, since: Date) {
    func count(_ records: [some StoredRecord]) -> Int { records.count { $0.recordTime.map { $0 >= since } ?? false } }
    counts[.changes] = count(records.changes)
    counts[.openChanges] = count(records.changes.filter { $0.state == .open })
    counts[.commits] = count(records.commits)
    counts[.deployments] = count(records.deployments)
    counts[.issues] = count(records.issues)
  }

  /// Counts in the store.
  init(of repository: Repository, store: any Store, world: SyncWorld) async throws {
    func query<Record: StoredRecord>(_ type: Record.Type) -> RecordQuery<Record> {
      let times = world.window.since..<Date.distantFuture
      return RecordQuery(type, connection: world.connections.host, repository: repository.id, times: times)
    }
    counts[.commits] = try await store.count(query(Commit.self))
    counts[.deployments] = try await store.count(query(Deployment.self))
    counts[.issues] = try await store.count(query(Issue.self))
    var (changes, open) = (0, 0)
    try await store.forEachPage(query(Change.self)) { page in
      changes += page.count
      open += page.count { $0.value.state == .open }
    }
    (counts[.changes], counts[.openChanges]) = (changes, open)
  }
}
