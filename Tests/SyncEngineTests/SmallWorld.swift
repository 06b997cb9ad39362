import KoalrCore
import KoalrTesting
import Synchronization

/// Two repositories: small enough to know by heart.
enum SmallWorld {
  static let now = Date(timeIntervalSince1970: 1_795_176_000)
  static let api = RepositoryID(unchecked: "R_api")
  static let web = RepositoryID(unchecked: "R_web")

  static func make() -> MockWorld {
    MockWorld(
      now: now,
      repositories: [
        repository(api, "acme/api", changes: [change(api, 1, merge: 2), change(api, 2, merge: nil)], measured: true),
        repository(web, "acme/web", changes: [change(web, 7, merge: 4)], measured: false),
      ],
      teams: [
        Team(
          id: SourceID(unchecked: "T_1"), organization: "acme", slug: "core", name: "Core", parent: nil, members: [login("ana")])
      ],
      people: [Contributor(id: SourceID(unchecked: "U_1"), login: login("ana"), name: "Ana", email: nil, teams: [])])
  }

  static func sha(_ number: Int) -> CommitID {
    let digits = String(number, radix: 16)
    return CommitID(unchecked: String(repeating: "0", count: 40 - digits.count) + digits)
  }

  static func login(_ name: String) -> Login { Login(unchecked: name) }
  static func day(_ days: Double) -> Date { now.addingTimeInterval(-days * 86_400) }

  static func commit(_ repository: RepositoryID, _ number: Int, days: Double, parents: [Int], files: [String]) -> Commit {
    Commit(
      sha: sha(number), repositoryID: repository, author: login("ana"), authorName: "Ana", authorEmail: "ana@acme.example",
      committedAt: day(days), parents: parents.map(sha), subject: "Work \(number)",
      files: files.map { ChangedFile(path: $0, status: .modified, additions: 3, deletions: 1) })
  }

  private static func change(_ repository: RepositoryID, _ number: Int, merge: Int?) -> Change {
    let decided = merge.map { _ in day(10) }
    return Change(
      id: ChangeID(unchecked: "PR_\(repository)_\(number)"), repositoryID: repository, number: number, title: "Change \(number)",
      state: merge == nil ? .open : .merged, author: login("ana"), createdAt: day(12), updatedAt: decided ?? day(1),
      mergedAt: decided, closedAt: decided, headSHA: sha(merge ?? 900 + number), baseSHA: sha(1), mergeSHA: merge.map(sha),
      labels: [], files: [ChangedFile(path: "a.swift", status: .modified, additions: 3, deletions: 1)], reviews: [],
      comments: nil,
      checks: [])
  }

  private static func repository(_ id: RepositoryID, _ name: String, changes: [Change], measured: Bool) -> MockRepository {
    let head = measured ? 2 : 4
    let coverage = RepositoryCoverage(
      repositoryID: id, sha: sha(head), hits: 30, lines: 100, percent: 30, trend: [CoveragePoint(day: "2026-11-19", percent: 30)],
      measuredAt: day(2))
    let vulnerability = Vulnerability(
      finding: Finding(
        projectID: SourceID(unchecked: "P_\(id)"), issueID: SourceID(unchecked: "I_1"), issueKey: "KEY-1", repositoryID: id,
        type: "package_vulnerability", title: "Bad parsing", package: "left-pad", version: "1.0", severity: .high, status: .open,
        ignored: false, fixedIn: "1.1", fixAvailable: true, createdAt: day(50), updatedAt: day(50), resolvedAt: nil),
      cve: "CVE-2026-0001", cvss: 7.5, cvssVector: nil)
    return MockRepository(
      repository: Repository(id: id, name: RepositoryName(unchecked: name), defaultBranch: "main", headSHA: sha(head)),
      changes: changes,
      commits: [
        commit(id, head, days: 10, parents: [1], files: ["a.swift"]),
        commit(id, 1, days: 30, parents: [], files: ["a.swift", "b.swift"]),
      ],
      coverage: measured ? MockCoverageReports(newest: coverage) : nil, findings: measured ? [.vulnerability(vulnerability)] : [])
  }
}

/// One run of the engine over mock adapters.
struct EngineRun {
  var report: SyncReport
  var store: InMemoryStore
  var remote: MockRemote

  init(
    _ world: MockWorld, failures: FailurePlan = .none, store: InMemoryStore = InMemoryStore(), services: Bool = true,
    options: SyncOptions = SyncOptions(), now: Date = SmallWorld.now
  ) async throws {
    let remote = MockRemote(world, failures: failures)
    let adapters = MockAdapters(remote)
    let sources = SyncSources(
      codeHost: adapters.codeHost, history: adapters.history, coverage: services ? adapters.coverage : nil,
      vulnerabilities: services ? adapters.vulnerabilities : nil)
    let engine = SyncEngine(sources: sources, store: store, options: options, clock: ManualClock(startingAt: now))
    report = try await engine.run()
    self.store = store
    self.remote = remote
  }
}

/// Adds up numbers from many tasks.
final class Counter: Sendable {
  private let sum = Mutex(0)
  var value: Int { sum.withLock { $0 } }
  func add(_ number: Int) { sum.withLock { $0 += number } }
}

/// Lets a mock end the run it is part of.
final class Stopper: Sendable {
  private let stored = Mutex<(@Sendable () -> Void)?>(nil)
  var action: (@Sendable () -> Void)? {
    get { stored.withLock { $0 } }
    set { stored.withLock { $0 = newValue } }
  }
  func stop() { action?() }
}
