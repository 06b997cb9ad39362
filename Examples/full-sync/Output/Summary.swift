import KoalrCore

/// What a store holds after a run, read for showing.
struct Summary {
  struct RepositoryLine {
    var repository: Repository
    var assessment: RiskAssessment?
  }

  struct ChangeLine {
    var repository: RepositoryName
    var change: Change
    var assessment: RiskAssessment
  }

  /// A factor that some changes lack, with the reason most of them have.
  struct MissingLine {
    var factor: String
    var changes: Int
    var reason: String
    var reasons: Int
  }

  /// How many of the riskiest changes are shown.
  static let riskiest = 10

  var connections: [Connection]
  var repositories: [RepositoryLine] = []
  /// The riskiest open changes, or the riskiest of all where none is open.
  var changes: [ChangeLine] = []
  var areOpen = true
  /// Factors that could not be computed for some changes.
  var missing: [MissingLine] = []
  var counts: StoreCounts
  /// How many contributors no visible team has.
  var ungrouped: Int

  init(of store: any Store) async throws {
    ungrouped = try await Self.ungrouped(in: store)
    connections = try await store.all(RecordQuery(Connection.self))
    counts = try await StoreSummary(store).counts()
    var open = Riskiest()
    var decided = Riskiest()
    var reasons: [MissingFactor: Int] = [:]
    for held in try await Self.repositories(in: store) {
      let repository = held.value
      let assessments = try await Self.assessments(of: repository, in: store)
      let changes = try await store.all(RecordQuery(Change.self, connection: held.connection, repository: repository.id))
      for change in changes {
        guard let assessment = assessments[.change(change.id)] else { continue }
        for factor in assessment.missing { reasons[factor, default: 0] += 1 }
        let line = ChangeLine(repository: repository.name, change: change, assessment: assessment)
        if change.state == .open { open.add(line) } else { decided.add(line) }
      }
      repositories.append(RepositoryLine(repository: repository, assessment: assessments[.repository(repository.id)]))
    }
    areOpen = !open.lines.isEmpty
    changes = areOpen ? open.lines : decided.lines
    repositories.sort { ($1.assessment?.score ?? -1, $0.repository.name) < ($0.assessment?.score ?? -1, $1.repository.name) }
    missing = Dictionary(grouping: reasons, by: \.key.key).compactMap(Self.line)
      .sorted { ($1.changes, $0.factor) < ($0.changes, $1.factor) }
  }

  static func ungrouped(in store: any Store) async throws -> Int {
    try await store.all(RecordQuery(Contributor.self)).count(where: \.isUngrouped)
  }

  private static func line(factor: String, reasons: [(key: MissingFactor, value: Int)]) -> MissingLine? {
    let sorted = reasons.sorted { ($1.value, $0.key.reason) < ($0.value, $1.key.reason) }
    return sorted.first.map {
      MissingLine(factor: factor, changes: reasons.reduce(0) { $0 + $1.value }, reason: $0.key.reason, reasons: reasons.count)
    }
  }

  private static func repositories(in store: any Store) async throws -> [Held<Repository>] {
    var all: [Held<Repository>] = []
    try await store.forEachPage(RecordQuery(Repository.self)) { all += $0 }
    return all
  }

  private static func assessments(
    of repository: Repository, in store: any Store
  ) async throws -> [RiskAssessment.Subject: RiskAssessment] {
    let all = try await store.all(RecordQuery(RiskAssessment.self, repository: repository.id))
    return Dictionary(all.map { ($0.subject, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

/// Keeps the riskiest changes of any number.
private struct Riskiest {
  private(set) var lines: [Summary.ChangeLine] = []

  mutating func add(_ line: Summary.ChangeLine) {
    lines.append(line)
    lines.sort { ($1.assessment.score ?? 0, Self.name($0)) < ($0.assessment.score ?? 0, Self.name($1)) }
    if lines.count > Summary.riskiest { lines.removeLast() }
  }

  private static func name(_ line: Summary.ChangeLine) -> String { line.repository.rawValue + line.change.label }
}
