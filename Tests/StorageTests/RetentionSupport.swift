import KoalrCore
import RecordSupport
import Synchronization

extension StoreRetention {
  /// Applies a policy some days after a fixed one.
  @discardableResult
  func apply(olderThan days: Int, _ action: RetentionPolicy.Action, onDay day: Int) async throws -> RetentionReport {
    try await apply(RetentionPolicy(olderThan: days, action: action), now: RetentionSample.day(day))
  }
}

/// Stores to apply a policy to. Days are counted from a fixed one.
enum RetentionSample {
  static let connection = ConnectionID(unchecked: "github")
  static let repository = RepositoryID(unchecked: "R_1")
  static let sha = CommitID(unchecked: String(repeating: "ab", count: 20))

  /// Noon of day 0 is 20 November 2026.
  static func day(_ number: Int) -> Date { Date(timeIntervalSince1970: 1_795_176_000 + 86_400 * Double(number)) }

  static func change(_ state: Change.State, id: String = "P", decided: Int? = nil, updated: Int) -> Change {
    Change(
      id: ChangeID(unchecked: id), repositoryID: repository, number: 1, title: "t", state: state, createdAt: nil,
      updatedAt: day(updated), mergedAt: state == .merged ? decided.map(day) : nil,
      closedAt: state == .open ? nil : decided.map(day))
  }

  static func issue(_ state: Ticket.State, opened: Int = 0, updated: Int) -> Ticket {
    Ticket(
      id: SourceID(unchecked: "I"), repositoryID: repository, number: 1, state: state, title: "t", author: nil,
      createdAt: day(opened), updatedAt: day(updated), closedAt: state == .closed ? day(updated) : nil, labels: [])
  }

  static func commit(_ sha: CommitID = sha, at number: Int) -> Commit {
    Commit(
      sha: sha, repositoryID: repository, authorName: "A", authorEmail: "a@b", committedAt: day(number), parents: [],
      subject: "s", files: nil)
  }

  static func deployment(
    id: String = "D", to environment: String = "production", failed: Bool = false, at number: Int
  ) -> Deployment {
    Deployment(
      id: SourceID(unchecked: id), repositoryID: repository, environment: environment, sha: sha, createdAt: day(number),
      updatedAt: day(number + 500),
      statuses: [DeploymentStatus(state: failed ? .failure : .success, createdAt: day(number))])
  }

  static func incident(from start: Int, to end: Int?) -> Incident {
    Incident(
      id: IncidentID(source: .revert, id: "X"), repositoryID: repository, title: "t", startedAt: day(start),
      resolvedAt: end.map(day), confidence: 1, causeSHA: nil)
  }

  static func ownershipEvent(from start: Int, to end: Int?) -> OwnershipEvent {
    OwnershipEvent(
      repositoryID: repository, type: .ownersDrifted, subject: "*", message: "m", openedAt: day(start), resolvedAt: end.map(day))
  }

  static func ownershipReport(checked: Int) -> OwnershipReport {
    OwnershipReport(
      repositoryID: repository, checkedAt: day(checked), since: day(checked - 90), codeOwnersPath: nil, codeOwnersSHA: nil,
      score: nil, letter: nil, parts: [], missing: [], evidenceShare: 0, files: 0, gaps: [], gapCount: 0, driftCount: 0)
  }

  static func codeOwners(seen: Int) -> CodeOwnersVersion {
    CodeOwnersVersion(repositoryID: repository, seenAt: day(seen), file: nil)
  }

  static func finding(_ status: Finding.Status, updated: Int?, resolved: Int? = nil) -> Vulnerability {
    Vulnerability(
      finding: Finding(
        projectID: SourceID(unchecked: "P"), issueID: SourceID(unchecked: "I"), issueKey: "k", repositoryID: repository,
        type: "t", title: "t", package: nil, version: nil, severity: nil, status: status, ignored: false, fixedIn: nil,
        fixAvailable: nil, createdAt: nil, updatedAt: updated.map(day), resolvedAt: resolved.map(day)),
      cve: nil, cvss: nil, cvssVector: nil)
  }

  static func coverage(_ digit: Character, measured: Int?) -> RepositoryCoverage {
    RepositoryCoverage(
      repositoryID: repository, sha: CommitID(unchecked: String(repeating: digit, count: 40)), hits: 1, lines: 2, percent: nil,
      trend: nil, measuredAt: measured.map(day))
  }

  static func assessment(
    _ subject: RiskAssessment.Subject = .change(ChangeID(unchecked: "P")), score: Int? = 40
  ) -> RiskAssessment {
    RiskAssessment(
      model: "m", subject: subject, repositoryID: repository, score: score, band: score == nil ? nil : .medium, factors: [],
      missing: [], evidenceShare: 1, asOf: day(0))
  }

  static func changeCoverage() -> ChangeCoverage {
    ChangeCoverage(
      changeID: ChangeID(unchecked: "P"), repositoryID: repository, headSHA: nil, base: nil, head: nil, delta: nil, patch: nil,
      files: nil, untrackedFiles: nil, updatedAt: nil)
  }

  static func dependencies() -> ChangeDependencies {
    let sha = CommitID(unchecked: String(repeating: "a", count: 40))
    return ChangeDependencies(
      changeID: ChangeID(unchecked: "P"), repositoryID: repository, baseSHA: sha, headSHA: sha, changes: [])
  }

  /// A store with these records, all read through one connection.
  static func store(_ records: [any StoredRecord]) async throws -> InMemoryStore {
    let store = InMemoryStore()
    try await write(records, to: store)
    return store
  }

  static func write(_ records: [any StoredRecord], to store: some Store, _ connection: ConnectionID = connection) async throws {
    var batch = StoreBatch(connection: connection)
    for record in records { batch.upsert(record) }
    try await store.write(batch)
  }

  /// Random records of 40 days, summaries aside, read through three connections.
  static func random(seed: UInt64, records count: Int = 120) async throws -> InMemoryStore {
    let store = InMemoryStore()
    let start = Int(day(0).timeIntervalSince1970) * 1000
    var generator = RecordGenerator(seed: seed, times: start..<start + 40 * 86_400_000)
    for connection in ["github", "codecov", "é"] {
      let records = (0..<count).map { _ in generator.record(generator.number(2..<15)) }
      try await write(records, to: store, ConnectionID(unchecked: connection))
    }
    return store
  }

  /// Everything a store holds, as text.
  static func contents(_ store: some Store) async throws -> [String] {
    var lines: [String] = []
    for try await line in StoreExport(store).lines { lines.append(String(decoding: line, as: UTF8.self)) }
    return lines
  }
}

/// A store whose writes fail when told to: before anything is written, or after all of it was.
final class FailingStore: Store {
  /// Where a failing write stops.
  enum Moment: CaseIterable { case before, after }

  private let store: InMemoryStore
  private let moment: Moment
  private let state = Mutex((writes: 0, failing: Int.max, largest: 0))

  init(_ store: InMemoryStore, failing moment: Moment) {
    self.store = store
    self.moment = moment
  }

  /// How many writes were tried.
  var writes: Int { state.withLock { $0.writes } }
  /// The most records that were read or written at once.
  var largest: Int { state.withLock { $0.largest } }

  /// Lets the next write but `count` fail.
  func fail(after count: Int) { state.withLock { $0.failing = $0.writes + count } }

  func write(_ batch: StoreBatch) async throws {
    let fails = state.withLock { state in
      state.largest = max(state.largest, batch.operations.count)
      defer { state.writes += 1 }
      return state.writes == state.failing
    }
    if fails, moment == .before { throw Self.failure }
    try await store.write(batch)
    if fails { throw Self.failure }
  }

  private static let failure = StoreError(.unavailable, operation: "write", reason: "the test says so.")

  func record<Record: StoredRecord>(_ type: Record.Type, id: RecordID, connection: ConnectionID) async throws -> Record? {
    try await store.record(type, id: id, connection: connection)
  }

  func page<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> RecordPage<Record> {
    let page = try await store.page(query)
    state.withLock { $0.largest = max($0.largest, page.records.count) }
    return page
  }

  func count<Record: StoredRecord>(_ query: RecordQuery<Record>) async throws -> Int { try await store.count(query) }

  func forget(_ connection: ConnectionID) async throws -> Int { try await store.forget(connection) }
}
